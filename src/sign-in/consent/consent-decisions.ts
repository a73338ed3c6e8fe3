import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, type RequestSource } from '../../audit/index.js';
import { PersonAuthorizations, type SignedInPerson } from '../../identity/index.js';
import { accountIdOf } from '../issuer/account-ids.js';
import { Issuer } from '../issuer/issuer.js';
import { SignInMetrics } from '../issuer/sign-in-metrics.js';
import type { AskedConsent } from './asked-consent.js';

/** Carries out what a person decided, and says where the browser goes: back to the authorization server. */
@Injectable()
export class ConsentDecisions {
  constructor(
    private readonly issuer: Issuer,
    private readonly authorizations: PersonAuthorizations,
    private readonly trail: AuditTrail,
    @Inject(SignInMetrics) private readonly metrics: SignInMetrics,
  ) {}

  async allow(
    { interaction, client, scopes, identityScopes, resource }: AskedConsent,
    { id: personId, tenantId, signedInSecondsAgo }: SignedInPerson,
    instanceIds: string[] | null,
    source: RequestSource,
  ): Promise<string> {
    const provider = await this.issuer.provider();
    const { clientId, clientName = null } = client;
    const accountId = accountIdOf({ tenantId, personId });
    const grant = new provider.Grant({ accountId, clientId });
    grant.addResourceScope(resource, scopes.join(' '));
    if (identityScopes.length > 0) grant.addOIDCScope(identityScopes.join(' '));
    const grantId = await grant.save();
    await this.authorizations.save({
      ...{ id: grantId, tenantId, personId, clientId, clientName, scopes, instanceIds },
    });
    const ts = Math.floor(Date.now() / 1000 - signedInSecondsAgo);
    interaction.result = { login: { accountId, remember: false, ts }, consent: { grantId } };
    await interaction.persist();
    this.metrics.decided('allowed');
    await this.trail.keep({
      event: 'authorization.granted',
      actor: { kind: 'person', id: personId, tenantId },
      subject: { kind: 'authorization', id: grantId },
      ...{ source, clientId, scopes, instanceIds },
    });
    return interaction.returnTo;
  }

  async deny({ interaction }: AskedConsent): Promise<string> {
    interaction.result = { error: 'access_denied', error_description: 'the person did not agree' };
    await interaction.persist();
    this.metrics.decided('denied');
    return interaction.returnTo;
  }
}
