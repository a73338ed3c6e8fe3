import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import {
  ProviderRegistry,
  TokenExchange,
  type RefreshOutcome,
  type RefreshRequest,
} from '../../oauth/index.js';
import { AttemptRecall } from './attempt-recall.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { OAuthClients } from '../store/oauth-clients.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { clientRejected } from './refresh-failure.js';
import type { RefreshLease } from './refresh-leases.js';

/** A refresh token and the client it belongs to, ready to be presented under a lease. */
export interface PreparedAttempt {
  before: CredentialSnapshot;
  request: RefreshRequest;
  ownedByDeployment: boolean;
}

/** Presents refresh tokens, and never one whose earlier presentation is still unanswered. */
@Injectable()
export class RefreshAttempts {
  constructor(
    private readonly reader: CredentialReader,
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    private readonly exchange: TokenExchange,
    private readonly recall: AttemptRecall,
  ) {}

  /** @throws EvergrantError when there is nothing to present, or no client to present it under */
  async prepare(before: CredentialSnapshot, lease: RefreshLease): Promise<PreparedAttempt> {
    const refreshToken = await this.reader.refreshToken(before);
    if (refreshToken === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    const { credentials: client, ownedByDeployment } = await this.oauthClients.opened({
      id: before.oauthClientId,
      ...before.client,
    });
    if (!client) throw clientRejected(ownedByDeployment, 'client_not_configured');
    const { provider, rotationObserved } = before;
    const singleUse = rotationObserved || this.providers.get(provider).refreshTokenReplay === 'single-use';
    const request = { provider, attemptId: lease.attemptId, refreshToken, client, singleUse };
    return { before, request, ownedByDeployment };
  }

  /** The outcome of the attempt: recalled when an earlier holder began it, else asked of the provider. */
  async outcome(
    { request }: PreparedAttempt,
    lease: RefreshLease,
    trigger: RefreshTrigger,
  ): Promise<RefreshOutcome> {
    if (!lease.resumed) return this.exchange.refresh(request);
    const recalled = await this.recall.outcomeOf(lease.attemptId);
    const isOpen = recalled.status === 'settled' && recalled.outcome.status === 'unavailable';
    // Who forces a refresh has decided to present the token, whatever became of it before.
    if (trigger === 'forced' && (isOpen || recalled.status === 'unknown')) {
      await lease.beginAnew();
      return this.exchange.refresh({ ...request, attemptId: lease.attemptId });
    }
    if (recalled.status === 'settled') return recalled.outcome;
    if (!request.singleUse && recalled.status !== 'pending') return this.exchange.refresh(request);
    return {
      status: 'unavailable',
      path: 'oauth-service',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: recalled.status === 'unknown' ? 'outcome_unknown' : `attempt_${recalled.status}`,
      retryAfterSeconds: null,
      provablyNotSent: false,
    };
  }
}
