import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList } from '../../database/index.js';
import { isSuspended, secretHash } from '../../identity/index.js';
import { Clock, Deadline } from '../../resilience/index.js';
import { consentFlow, handleOfState, type ConsentFlow, type FlowSecrets } from './consent-flow.js';
import type { ConsentOutcome } from './consent-outcome.js';

/** What a state that came back with a browser is. */
export type ClaimedState =
  /** It waited for this browser, and is spent now. */
  | { status: 'claimed'; flow: ConsentFlow }
  /** It came back before: the flow's outcome is the answer; null when there still is none. */
  | { status: 'answered'; flow: ConsentFlow }
  /** It is too old, or another one has taken its place. */
  | { status: 'expired'; flow: ConsentFlow }
  /** No flow of this browser's had it, or the flow itself is over. */
  | { status: 'unknown' };

/** Longer than following up a consent takes at most. */
const outcomeLimitMs = 45_000;
const outcomePollMs = 250;

/** States that come back from the provider. Each serves once, in the browser that took it there. */
@Injectable()
export class ConsentStates {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Spends a state. One that came back already, in a reloaded page perhaps, waits for the outcome of the first time. */
  async claim({ state, browserSecret }: FlowSecrets): Promise<ClaimedState> {
    const hashes = [secretHash(state), secretHash(browserSecret)];
    const [claimed] = await rows<ConsentFlow>(
      this.dataSource,
      `UPDATE oauth_flows AS f SET state_hash = NULL, answered_state_hash = f.state_hash, outcome = NULL
       FROM mcp_instances i
       WHERE i.id = f.instance_id AND f.state_hash = $1 AND f.browser_hash = $2
         AND f.state_expires_at > evergrant_now() AND f.expires_at > evergrant_now()
         AND NOT ${isSuspended('f.tenant_id')}
       RETURNING ${selectList(consentFlow)}`,
      hashes,
    );
    if (claimed) return { status: 'claimed', flow: claimed };
    const deadline = new Deadline(this.clock, outcomeLimitMs);
    for (;;) {
      const known = await this.known(hashes, handleOfState(state));
      const waits = known.status === 'answered' && known.flow.outcome === null;
      if (!waits || deadline.leftMs() < outcomePollMs) return known;
      await pause(outcomePollMs, undefined, { ref: false });
    }
  }

  /** Keeps how a consent ended, for the pages that tell of it. */
  async settle(flow: ConsentFlow, outcome: ConsentOutcome): Promise<void> {
    await rows(this.dataSource, 'UPDATE oauth_flows SET outcome = $2 WHERE id = $1', [
      flow.id,
      JSON.stringify(outcome),
    ]);
  }

  /**
   * Whether the answer to another consent, or to a person's sign-in, is being followed up, so that its grant may not be
   * stored yet.
   * @param flowId of the one that asks
   */
  async anotherIsFollowedUp(flowId: string): Promise<boolean> {
    const others = await rows(
      this.dataSource,
      `SELECT id FROM oauth_flows WHERE id <> $1 AND answered_state_hash IS NOT NULL AND outcome IS NULL
         AND state_expires_at > evergrant_now()
       UNION ALL
       SELECT id FROM person_sign_ins WHERE id <> $1 AND answered_at IS NOT NULL AND outcome IS NULL
         AND expires_at > evergrant_now()
       LIMIT 1`,
      [flowId],
    );
    return others.length > 0;
  }

  private async known(hashes: readonly string[], handle: string): Promise<ClaimedState> {
    const [found] = await rows<ConsentFlow & { answered: boolean }>(
      this.dataSource,
      `SELECT ${selectList(consentFlow)}, f.answered_state_hash IS NOT DISTINCT FROM $1 AS answered
       FROM oauth_flows f JOIN mcp_instances i ON i.id = f.instance_id
       WHERE f.browser_hash = $2 AND ${consentFlow.handle} = $3 AND f.expires_at > evergrant_now()`,
      [...hashes, handle],
    );
    if (!found) return { status: 'unknown' };
    const { answered, ...flow } = found;
    return { status: answered ? 'answered' : 'expired', flow };
  }
}
