import { Injectable } from '@nestjs/common';
import Provider from 'oidc-provider';
import { AuditTrail } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import { PersonAuthorizations } from '../../identity/index.js';
import { SignInMetrics, type EndReason } from './sign-in-metrics.js';
import { SignInRecords } from '../storage/sign-in-records.js';
import { sourceOfPresentRequest } from './present-request.js';

/** Ends what a client was allowed, with all that was issued under it, and says so in the audit log. */
@Injectable()
export class AuthorizationEnds {
  constructor(
    private readonly records: SignInRecords,
    private readonly authorizations: PersonAuthorizations,
    private readonly trail: AuditTrail,
    private readonly metrics: SignInMetrics,
  ) {}

  async end(authorizationId: string, reason = presentReason()): Promise<void> {
    const ended = await this.authorizations.find(authorizationId);
    await this.records.deleteAuthorization(authorizationId);
    if (ended === null) return;
    const { tenantId, personId, clientId } = ended;
    await this.authorizations.end({ tenantId, personId }, authorizationId).catch(unlessGone);
    this.metrics.ended(reason);
    await this.trail.keep({
      event: 'authorization.revoked',
      actor: { kind: 'server', id: null, tenantId },
      subject: { kind: 'authorization', id: authorizationId },
      source: sourceOfPresentRequest(),
      clientId,
      reason,
    });
  }
}

/** oidc-provider ends an authorization for what it finds in the present request. */
function presentReason(): EndReason {
  const oidc = Provider.ctx?.oidc;
  if (oidc?.route === 'revocation') return 'revoked_by_client';
  return oidc?.params?.grant_type === 'refresh_token' ? 'refresh_token_reused' : 'code_replayed';
}

function unlessGone(thrown: unknown): void {
  if (!(thrown instanceof EvergrantError && thrown.code === 'NOT_FOUND')) throw thrown;
}
