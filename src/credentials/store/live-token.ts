import { sees } from '../../database/index.js';

/** An access token in memory. The two `…Ms` instants are on this process's monotonic clock. */
export interface LiveToken {
  accessToken: string;
  scopes: string[];
  expiresAt: Date;
  expiresAtMs: number;
  obtainedAtMs: number;
  asOf: DatabaseState;
}

/** Which of the database's transactions a token takes into account. */
export interface DatabaseState {
  /** All that this snapshot sees. */
  readIn?: string;
  /** And the one that stored it. */
  own?: bigint;
}

/** When the new access token expires, and which state of the database it was stored in. */
export interface StoredTokens {
  expiresAt: Date;
  transactionId: string;
  /** The snapshot of the statement that stored it. */
  readIn: string;
}

/** Whether the token was read or stored with this transaction's change in view. */
export function covers({ asOf }: LiveToken, transactionId: bigint): boolean {
  return transactionId === asOf.own || (asOf.readIn !== undefined && sees(asOf.readIn, transactionId));
}

/** Carries a token's life, which the database's clock measured, over to the monotonic clock. */
export function liveToken(
  nowMs: number,
  token: {
    accessToken: string;
    scopes: string[];
    tokenExpiresAt: Date | null;
    remainingSeconds: number;
    refreshedSecondsAgo: number | null;
    asOf: DatabaseState;
  },
): LiveToken {
  return {
    accessToken: token.accessToken,
    scopes: token.scopes,
    asOf: token.asOf,
    expiresAt: token.tokenExpiresAt ?? new Date(Date.now() + token.remainingSeconds * 1000),
    expiresAtMs: nowMs + token.remainingSeconds * 1000,
    obtainedAtMs: nowMs - (token.refreshedSecondsAgo ?? Infinity) * 1000,
  };
}

const justRefreshedSeconds = 30;

/**
 * Fresh: its life exceeds the buffer and what the caller needs; or it was just refreshed, since a provider that
 * hands out short lives would not do better if asked again.
 */
export function isFresh(token: LiveToken, nowMs: number, neededSeconds: number): boolean {
  const remainingMs = token.expiresAtMs - nowMs;
  if (remainingMs > neededSeconds * 1000) return true;
  return remainingMs > 0 && nowMs - token.obtainedAtMs < justRefreshedSeconds * 1000;
}

/** Whether the token lives for `seconds` more. */
export function outlives(token: LiveToken, nowMs: number, seconds: number): boolean {
  return token.expiresAtMs - nowMs > seconds * 1000;
}
