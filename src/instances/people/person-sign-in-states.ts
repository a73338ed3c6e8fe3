import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { isSuspended, newSecret, secretHash } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { Clock, Deadline } from '../../resilience/index.js';
import { stateLifeSeconds, type FlowSecrets } from '../flows/consent-flow.js';
import type { PersonScope } from '../scopes/person-scopes.js';
import type { PersonSignInOutcome } from './person-sign-in-outcome.js';

/** A person's way through the provider. */
export interface PersonFlow {
  id: string;
  /** Null with `personId`: who it is, the provider will say. */
  tenantId: string | null;
  /** The person signed in, who connects a mailbox. */
  personId: string | null;
  /** The mailbox to be connected again; null for whichever is chosen. */
  instanceId: string | null;
  oauthClientId: string;
  provider: ProviderName;
  /** Of ours; none where only who it is is asked. */
  scopes: PersonScope[];
  returnPath: string;
  consentForced: boolean;
  /** How it ended, if it did. */
  outcome: PersonSignInOutcome | null;
}

export const personFlow: Projection<PersonFlow> = {
  id: 's.id',
  tenantId: 's.tenant_id',
  personId: 's.person_id',
  instanceId: 's.instance_id',
  oauthClientId: 's.oauth_client_id',
  provider: 's.provider',
  scopes: 's.scopes',
  returnPath: 's.return_path',
  consentForced: 's.consent_forced',
  outcome: 's.outcome',
};

export type ClaimedPersonFlow =
  | { status: 'claimed'; flow: PersonFlow }
  /** It came back before: the outcome is the answer; null when there still is none. */
  | { status: 'answered'; flow: PersonFlow }
  /** No way of this browser's has this state, or not any more. */
  | { status: 'unknown' };

// No consent's state has a dot in it, and an owner's begins otherwise.
const prefix = 'person.';
const handleLength = 16;
/** Longer than following up a consent takes at most. */
const outcomeLimitMs = 45_000;
const outcomePollMs = 250;

/** Names a person's way, and its cookie, to the browser; no secret. Null for a state of another kind. */
export function handleOfPersonState(state: string): string | null {
  return state.startsWith(prefix) ? state.slice(prefix.length, prefix.length + handleLength) : null;
}

/** People who are at the provider. A state serves once, in the browser that took it there. */
@Injectable()
export class PersonSignInStates {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async begin(flow: Omit<PersonFlow, 'id' | 'outcome'>): Promise<FlowSecrets & { handle: string }> {
    const handle = newSecret().slice(0, handleLength);
    const secrets = { state: newState(handle), browserSecret: newSecret() };
    await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM person_sign_ins WHERE expires_at <= evergrant_now())
       INSERT INTO person_sign_ins
         (tenant_id, person_id, instance_id, oauth_client_id, provider, scopes, return_path, consent_forced,
          state_hash, browser_hash, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, evergrant_now() + make_interval(secs => $11))`,
      [
        ...[flow.tenantId, flow.personId, flow.instanceId, flow.oauthClientId, flow.provider],
        ...[flow.scopes, flow.returnPath, flow.consentForced],
        ...[secretHash(secrets.state), secretHash(secrets.browserSecret), stateLifeSeconds],
      ],
    );
    return { ...secrets, handle };
  }

  /** Spends a state. One that came back already, in a reloaded page perhaps, waits for the outcome of the first time. */
  async claim({ state, browserSecret }: FlowSecrets): Promise<ClaimedPersonFlow> {
    const hashes = [secretHash(state), secretHash(browserSecret)];
    const ofThisBrowser = 's.state_hash = $1 AND s.browser_hash = $2 AND s.expires_at > evergrant_now()';
    const [claimed] = await rows<PersonFlow>(
      this.dataSource,
      `UPDATE person_sign_ins AS s SET answered_at = evergrant_now()
       WHERE ${ofThisBrowser} AND s.answered_at IS NULL AND NOT ${isSuspended('s.tenant_id')}
       RETURNING ${selectList(personFlow)}`,
      hashes,
    );
    if (claimed) return { status: 'claimed', flow: claimed };
    const deadline = new Deadline(this.clock, outcomeLimitMs);
    for (;;) {
      const [answered] = await rows<PersonFlow>(
        this.dataSource,
        `SELECT ${selectList(personFlow)} FROM person_sign_ins s
         WHERE ${ofThisBrowser} AND s.answered_at IS NOT NULL`,
        hashes,
      );
      if (answered === undefined) return { status: 'unknown' };
      if (answered.outcome !== null || deadline.leftMs() < outcomePollMs)
        return { status: 'answered', flow: answered };
      await pause(outcomePollMs, undefined, { ref: false });
    }
  }

  /** A new state for the one automatic hop that asks for consent again, in the same browser. */
  async repeat({ id }: PersonFlow, handle: string): Promise<string> {
    const state = newState(handle);
    await rows(
      this.dataSource,
      `UPDATE person_sign_ins SET state_hash = $2, answered_at = NULL, consent_forced = true,
         expires_at = evergrant_now() + make_interval(secs => $3)
       WHERE id = $1`,
      [id, secretHash(state), stateLifeSeconds],
    );
    return state;
  }

  /** Keeps how it ended, for a page that is loaded again. */
  async settle({ id }: PersonFlow, outcome: PersonSignInOutcome): Promise<void> {
    await rows(this.dataSource, 'UPDATE person_sign_ins SET outcome = $2 WHERE id = $1', [
      id,
      JSON.stringify(outcome),
    ]);
  }
}

function newState(handle: string): string {
  return `${prefix}${handle}${newSecret()}`;
}
