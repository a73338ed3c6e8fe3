import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordChange } from '../../audit/index.js';
import { rows, selectList, TenantDatabase } from '../../database/index.js';
import { isSuspended, newSecret, secretHash } from '../../identity/index.js';
import type { Instance } from '../directory/instance.js';
import { InstancesOptions } from '../instances-options.js';
import {
  consentFlow,
  flowLifeSeconds,
  handleOfTicket,
  newState,
  stateLifeSeconds,
  type ConsentFlow,
  type FlowSecrets,
} from './consent-flow.js';
import { checkReturnTo } from './return-to.js';

/** A flow that has just got a state to take to the provider. */
export interface BegunFlow {
  flow: ConsentFlow;
  secrets: FlowSecrets;
}

/** Consents on their way: a ticket in a link of ours, spent in one browser, which may then ask the provider. */
@Injectable()
export class OAuthFlows {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * Makes a link to our own connect page, for the person who owns the mailbox; its button is good in one browser, to
   * be pressed within 10 minutes. With `requiredAccount` no other account is connected by it.
   * @throws EvergrantError `VALIDATION_FAILED` when `returnTo` leads to where it must not
   */
  async issue(
    instance: Pick<Instance, 'id' | 'tenantId'>,
    options: { returnTo?: string | undefined; requiredAccount?: string | undefined } = {},
  ): Promise<{ authorizationUrl: string; expiresAt: Date }> {
    const { publicUrl, returnOrigins: origins } = this.options;
    const returnTo =
      options.returnTo === undefined ? null : checkReturnTo(options.returnTo, { origins, publicUrl });
    const ticket = newSecret();
    const flow = await this.database.transaction(instance.tenantId, async (executor) => {
      const [stored] = await rows<{ expiresAt: Date }>(
        executor,
        `WITH pruned AS (DELETE FROM oauth_flows WHERE expires_at < evergrant_now() - interval '1 hour')
       INSERT INTO oauth_flows (tenant_id, instance_id, ticket_hash, return_to, required_account, expires_at)
       VALUES ($1, $2, $3, $4, $5, evergrant_now() + make_interval(secs => $6))
       RETURNING expires_at AS "expiresAt"`,
        [
          ...[instance.tenantId, instance.id, secretHash(ticket), returnTo],
          ...[options.requiredAccount ?? null, stateLifeSeconds],
        ],
      );
      await recordChange(executor, instance.tenantId, 'connect_link.issued', instance.id);
      return stored;
    });
    if (!flow) throw new Error('The connect ticket could not be stored');
    return { authorizationUrl: `${publicUrl}/connect/${ticket}`, expiresAt: flow.expiresAt };
  }

  /**
   * Spends a ticket, which binds the flow to this browser; the same browser may do so again. Null when the ticket is
   * unknown, expired or another browser's, or when the flow has connected its mailbox.
   */
  async begin(ticket: string, browserSecret: string): Promise<BegunFlow | null> {
    const secrets = { state: newState(handleOfTicket(ticket)), browserSecret };
    return this.ask('f.ticket_hash = $5 AND (f.browser_hash IS NULL OR f.browser_hash = $2)', secrets, [
      secretHash(ticket),
    ]);
  }

  /** A new state for a flow that did not end well, in the browser that began it; null when it is over. */
  async resume(handle: string, browserSecret: string): Promise<BegunFlow | null> {
    const secrets = { state: newState(handle), browserSecret };
    return this.ask(`f.browser_hash = $2 AND ${consentFlow.handle} = $5`, secrets, [handle]);
  }

  /** Remembers under which client the provider is asked, so that the code is redeemed under the same. */
  async bindClient(flowId: string, oauthClientId: string): Promise<void> {
    await rows(this.dataSource, 'UPDATE oauth_flows SET oauth_client_id = $2 WHERE id = $1', [
      flowId,
      oauthClientId,
    ]);
  }

  /** A new state for the one automatic hop that asks for consent again, in the same browser. */
  async repeat(flow: ConsentFlow): Promise<string> {
    const state = newState(flow.handle);
    await rows(
      this.dataSource,
      `UPDATE oauth_flows SET state_hash = $2, answered_state_hash = NULL, consent_forced = true,
         state_expires_at = evergrant_now() + make_interval(secs => $3)
       WHERE id = $1`,
      [flow.id, secretHash(state), stateLifeSeconds],
    );
    return state;
  }

  private async ask(condition: string, secrets: FlowSecrets, found: unknown[]): Promise<BegunFlow | null> {
    const [flow] = await rows<ConsentFlow>(
      this.dataSource,
      `UPDATE oauth_flows AS f SET state_hash = $1, browser_hash = $2,
         state_expires_at = evergrant_now() + make_interval(secs => $3),
         expires_at = CASE WHEN f.browser_hash IS NULL
           THEN evergrant_now() + make_interval(secs => $4) ELSE f.expires_at END
       FROM mcp_instances i
       WHERE i.id = f.instance_id AND f.expires_at > evergrant_now() AND f.outcome->>'connected' IS NULL
         AND NOT ${isSuspended('f.tenant_id')} AND ${condition}
       RETURNING ${selectList(consentFlow)}`,
      [
        secretHash(secrets.state),
        secretHash(secrets.browserSecret),
        stateLifeSeconds,
        flowLifeSeconds,
        ...found,
      ],
    );
    return flow ? { flow, secrets } : null;
  }
}
