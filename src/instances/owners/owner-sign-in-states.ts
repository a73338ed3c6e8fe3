import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { isSuspended, newSecret, secretHash, type OwnedMailbox } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { stateLifeSeconds, type FlowSecrets } from '../flows/consent-flow.js';

/** A sign-in whose browser came back. */
export interface ReturnedSignIn {
  /** Null: what the page is about is not there. */
  tenantId: string | null;
  instanceId: string | null;
  oauthClientId: string;
  provider: ProviderName;
  returnPath: string;
}

export const returnedSignIn: Projection<ReturnedSignIn> = {
  tenantId: 's.tenant_id',
  instanceId: 's.instance_id',
  oauthClientId: 's.oauth_client_id',
  provider: 's.provider',
  returnPath: 's.return_path',
};

export type ClaimedSignIn =
  | { status: 'claimed'; signIn: ReturnedSignIn }
  /** It came back before, in a page that was loaded twice. */
  | { status: 'answered'; signIn: ReturnedSignIn }
  /** No sign-in of this browser's has this state, or not any more. */
  | { status: 'unknown' };

// No consent's state has a dot in it.
const prefix = 'owner.';
const handleLength = 16;

/** Names a sign-in, and its cookie, to the browser; no secret. Null for a state of another kind. */
export function handleOfOwnerState(state: string): string | null {
  return state.startsWith(prefix) ? state.slice(prefix.length, prefix.length + handleLength) : null;
}

/** Sign-ins that are at the provider. A state serves once, in the browser that took it there. */
@Injectable()
export class OwnerSignInStates {
  constructor(private readonly dataSource: DataSource) {}

  /** Of what is not there nothing is stored, for any client may ask; what comes back with its state is unknown. */
  async begin(
    mailbox: OwnedMailbox | null,
    asked: { oauthClientId: string; provider: ProviderName; returnPath: string },
  ): Promise<FlowSecrets & { handle: string }> {
    const handle = newSecret().slice(0, handleLength);
    const secrets = { state: `${prefix}${handle}${newSecret()}`, browserSecret: newSecret() };
    if (mailbox === null) return { ...secrets, handle };
    await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM owner_sign_ins WHERE expires_at <= evergrant_now())
       INSERT INTO owner_sign_ins
         (tenant_id, instance_id, oauth_client_id, provider, return_path, state_hash, browser_hash, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, evergrant_now() + make_interval(secs => $8))`,
      [
        ...[mailbox.tenantId, mailbox.instanceId],
        ...[asked.oauthClientId, asked.provider, asked.returnPath],
        ...[secretHash(secrets.state), secretHash(secrets.browserSecret), stateLifeSeconds],
      ],
    );
    return { ...secrets, handle };
  }

  async claim({ state, browserSecret }: FlowSecrets): Promise<ClaimedSignIn> {
    const hashes = [secretHash(state), secretHash(browserSecret)];
    const ofThisBrowser = `s.state_hash = $1 AND s.browser_hash = $2 AND s.expires_at > evergrant_now()`;
    const [claimed] = await rows<ReturnedSignIn>(
      this.dataSource,
      `UPDATE owner_sign_ins AS s SET answered_at = evergrant_now()
       WHERE ${ofThisBrowser} AND s.answered_at IS NULL AND NOT ${isSuspended('s.tenant_id')}
       RETURNING ${selectList(returnedSignIn)}`,
      hashes,
    );
    if (claimed) return { status: 'claimed', signIn: claimed };
    const [answered] = await rows<ReturnedSignIn>(
      this.dataSource,
      `SELECT ${selectList(returnedSignIn)} FROM owner_sign_ins s
       WHERE ${ofThisBrowser} AND s.answered_at IS NOT NULL`,
      hashes,
    );
    return answered ? { status: 'answered', signIn: answered } : { status: 'unknown' };
  }
}
