import type { LedgerReport } from '../sandbox/index.js';
import type { Death } from './stage.js';

export type TokenRequest = LedgerReport['tokenRequests'][number];

/** Where the answer went whose refresh token was never presented: to no process, to one that died with it, or to one that lived. */
export type Fate = 'reached-none' | 'died-with-its-holder' | 'reached-a-survivor';

/** Who has an answer for longer than this has had the time to put it into safety. */
const graceMs = 1_000;

/**
 * The last refresh of a grant that the provider granted, by its ledger. Of a grant that is at its end this is the one
 * whose refresh token was lost.
 */
export function lastIssued(entries: readonly TokenRequest[], grantId: string): TokenRequest | undefined {
  return entries.findLast((entry) => entry.grantId === grantId && entry.outcome === 'issued');
}

/** What became of the provider's answer, from its ledger and from when processes were killed. */
export function fateOf(answer: TokenRequest, deaths: readonly Death[]): Fate {
  const heldForMs = heldFor(answer, deaths);
  // The system may take bytes for a process that is just gone.
  if (heldForMs === null || heldForMs <= 0) return 'reached-none';
  // Cut off from the database it cannot store what it was given.
  const cutOffSinceMs = deathOf(answer, deaths)?.cutOffSinceMs ?? Infinity;
  const cutOff = cutOffSinceMs <= Date.parse(answer.deliveredAt ?? '');
  return cutOff || heldForMs <= graceMs ? 'died-with-its-holder' : 'reached-a-survivor';
}

/** For how long the process that got the answer lived on; null when none got it. */
export function heldFor(answer: TokenRequest, deaths: readonly Death[]): number | null {
  if (answer.deliveredAt === null) return null;
  return (deathOf(answer, deaths)?.atMs ?? Infinity) - Date.parse(answer.deliveredAt);
}

function deathOf(answer: TokenRequest, deaths: readonly Death[]): Death | undefined {
  return deaths.find(({ caller }) => caller === callerOf(answer));
}

/** The life of the process that made a request. */
export function callerOf({ query }: TokenRequest): string {
  return new URLSearchParams(query).get('caller') ?? 'unknown';
}

/** Refresh tokens that were presented although they were spent or dead. */
export function presentedInVain(entries: readonly TokenRequest[]): TokenRequest[] {
  return entries.filter(
    ({ grantType, outcome }) => grantType === 'refresh_token' && outcome === 'invalid_grant',
  );
}
