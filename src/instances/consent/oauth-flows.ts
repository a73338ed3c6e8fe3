import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, TenantDatabase, type Projection } from '../../database/index.js';
import { newSecret, secretHash } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import type { Instance } from '../directory/instance.js';
import { InstancesOptions } from '../instances-options.js';
import { checkReturnTo } from './return-to.js';

/** How long a ticket can be used, and from then on a state. */
export const flowLifeSeconds = 600;

/** A consent on its way, once its ticket was used. */
export interface ConsentFlow {
  id: string;
  tenantId: string;
  instanceId: string;
  /** The provider of its instance. */
  provider: ProviderName;
  oauthClientId: string | null;
  returnTo: string | null;
  consentForced: boolean;
}

/** What travels with the browser: `state` through the provider, `browserSecret` in the flow cookie. */
export interface FlowSecrets {
  state: string;
  browserSecret: string;
}

/** Of a flow `f` and its instance `i`. */
export const consentFlow: Projection<ConsentFlow> = {
  id: 'f.id',
  tenantId: 'f.tenant_id',
  instanceId: 'f.instance_id',
  provider: 'i.provider',
  oauthClientId: 'f.oauth_client_id',
  returnTo: 'f.return_to',
  consentForced: 'f.consent_forced',
};

/**
 * Consents on their way: a ticket in a link of ours, then a state at the provider. Each serves once, a state only in
 * the browser that used the ticket, and only their hashes are stored.
 */
@Injectable()
export class OAuthFlows {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * Makes a link to our own connect page, for the person who owns the mailbox; good once, within 10 minutes.
   * @throws EvergrantError `VALIDATION_FAILED` when `returnTo` leads to an origin that is not allowed
   */
  async issue(
    instance: Pick<Instance, 'id' | 'tenantId'>,
    options: { returnTo?: string | undefined } = {},
  ): Promise<{ authorizationUrl: string; expiresAt: Date }> {
    const returnTo =
      options.returnTo === undefined ? null : checkReturnTo(options.returnTo, this.options.returnOrigins);
    const ticket = newSecret();
    const [flow] = await this.database.rows<{ expiresAt: Date }>(
      instance.tenantId,
      `WITH pruned AS (DELETE FROM oauth_flows WHERE expires_at < evergrant_now() - interval '1 hour')
       INSERT INTO oauth_flows (tenant_id, instance_id, ticket_hash, return_to, expires_at)
       VALUES ($1, $2, $3, $4, evergrant_now() + make_interval(secs => $5))
       RETURNING expires_at AS "expiresAt"`,
      [instance.tenantId, instance.id, secretHash(ticket), returnTo, flowLifeSeconds],
    );
    if (!flow) throw new Error('The connect ticket could not be stored');
    return { authorizationUrl: `${this.options.publicUrl}/connect/${ticket}`, expiresAt: flow.expiresAt };
  }

  /** Spends a ticket and binds the flow to the browser that brought it; null when it is unknown, used or expired. */
  async start(ticket: string): Promise<{ flow: ConsentFlow; secrets: FlowSecrets } | null> {
    const secrets = { state: newSecret(), browserSecret: newSecret() };
    const [flow] = await rows<ConsentFlow>(
      this.dataSource,
      `UPDATE oauth_flows AS f SET state_hash = $2, browser_hash = $3,
         expires_at = evergrant_now() + make_interval(secs => $4)
       FROM mcp_instances i
       WHERE i.id = f.instance_id AND f.ticket_hash = $1 AND f.browser_hash IS NULL AND f.expires_at > evergrant_now()
       RETURNING ${selectList(consentFlow)}`,
      [secretHash(ticket), secretHash(secrets.state), secretHash(secrets.browserSecret), flowLifeSeconds],
    );
    return flow ? { flow, secrets } : null;
  }

  /** Remembers under which client the provider is asked, so that the code is redeemed under the same. */
  async bindClient(flowId: string, oauthClientId: string): Promise<void> {
    await rows(this.dataSource, 'UPDATE oauth_flows SET oauth_client_id = $2 WHERE id = $1', [
      flowId,
      oauthClientId,
    ]);
  }

  /** Spends a state; null when it is unknown, used, expired or from another browser. */
  async claim({ state, browserSecret }: FlowSecrets): Promise<ConsentFlow | null> {
    const [flow] = await rows<ConsentFlow>(
      this.dataSource,
      `UPDATE oauth_flows AS f SET state_hash = NULL
       FROM mcp_instances i
       WHERE i.id = f.instance_id AND f.state_hash = $1 AND f.browser_hash = $2 AND f.expires_at > evergrant_now()
       RETURNING ${selectList(consentFlow)}`,
      [secretHash(state), secretHash(browserSecret)],
    );
    return flow ?? null;
  }

  /** A new state for the one automatic hop that asks for consent again, in the same browser. */
  async repeat(flow: ConsentFlow): Promise<string> {
    const state = newSecret();
    await rows(
      this.dataSource,
      `UPDATE oauth_flows SET state_hash = $2, consent_forced = true,
         expires_at = evergrant_now() + make_interval(secs => $3)
       WHERE id = $1`,
      [flow.id, secretHash(state), flowLifeSeconds],
    );
    return state;
  }
}

/** The PKCE verifier (RFC 7636 section 4.1): only the browser's cookie yields it, so the database need not hold it. */
export function codeVerifier({ state, browserSecret }: FlowSecrets): string {
  return createHmac('sha256', browserSecret).update(state).digest('base64url');
}
