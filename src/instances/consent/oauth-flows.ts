import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { newSecret, secretHash } from '../../identity/index.js';

const consentLifeSeconds = 600;

/** A consent on its way, once its ticket was used. */
export interface ConsentFlow {
  id: string;
  tenantId: string;
  instanceId: string;
  oauthClientId: string | null;
  returnTo: string | null;
  consentForced: boolean;
}

/** What travels with the browser: `state` through the provider, `browserSecret` in the flow cookie. */
export interface FlowSecrets {
  state: string;
  browserSecret: string;
}

const flowColumns = `id, tenant_id AS "tenantId", instance_id AS "instanceId", oauth_client_id AS "oauthClientId",
  return_to AS "returnTo", consent_forced AS "consentForced"`;

/** Tickets and states; each serves once, and a state only in the browser that used the ticket. */
@Injectable()
export class OAuthFlows {
  constructor(private readonly dataSource: DataSource) {}

  /** Spends a ticket and binds the flow to the browser that brought it; null when it is unknown, used or expired. */
  async start(ticket: string): Promise<{ flow: ConsentFlow; secrets: FlowSecrets } | null> {
    const secrets = { state: newSecret(), browserSecret: newSecret() };
    const [flow] = await rows<ConsentFlow>(
      this.dataSource,
      `UPDATE oauth_flows SET state_hash = $2, browser_hash = $3,
         expires_at = evergrant_now() + make_interval(secs => $4)
       WHERE ticket_hash = $1 AND browser_hash IS NULL AND expires_at > evergrant_now()
       RETURNING ${flowColumns}`,
      [secretHash(ticket), secretHash(secrets.state), secretHash(secrets.browserSecret), consentLifeSeconds],
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
      `UPDATE oauth_flows SET state_hash = NULL
       WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > evergrant_now()
       RETURNING ${flowColumns}`,
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
      [flow.id, secretHash(state), consentLifeSeconds],
    );
    return state;
  }
}

/** The PKCE verifier (RFC 7636 section 4.1): only the browser's cookie yields it, so the database need not hold it. */
export function codeVerifier({ state, browserSecret }: FlowSecrets): string {
  return createHmac('sha256', browserSecret).update(state).digest('base64url');
}
