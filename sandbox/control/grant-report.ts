import type { GrantStore } from '../grants/grant-store.js';
import type { GrantEnd } from '../state/sandbox-state.js';

/** A grant as the ledger shows it. */
export interface GrantReport {
  grantId: string;
  account: string;
  clientId: string;
  scopes: readonly string[];
  /** SHA-256 fingerprint of the live refresh token; null when there never was one, or the grant is dead. */
  refreshToken: string | null;
  alive: boolean;
  endedBecause: GrantEnd | null;
}

export function readGrants(grants: GrantStore): GrantReport[] {
  return grants.list().map(({ id, account, clientId, scopes, refreshTokens, endedBecause }) => ({
    grantId: id,
    ...{ account, clientId, scopes },
    refreshToken: endedBecause === null ? (refreshTokens.at(-1) ?? null) : null,
    alive: endedBecause === null,
    endedBecause,
  }));
}
