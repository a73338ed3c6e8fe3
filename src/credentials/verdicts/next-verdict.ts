import { sessionControlReasons } from '../../oauth/index.js';

/** A grant that the provider called dead is asked for again after this long, in case the provider was wrong. */
export const confirmationSpacingSeconds = 60;

/** What we believed of a grant when it was presented; one that has failed never is. */
export type PresentedVerdict = { verdict: 'active' } | { verdict: 'suspect'; forSeconds: number };

/** The provider's confirmed word that a grant is dead. */
export interface Refusal {
  /** The provider's stable code, such as `invalid_grant` or `invalid_rapt`. */
  reason: string;
  /** A hold stands over the grant: so many were called dead at once that the provider itself is doubted. */
  held: boolean;
}

/**
 * - `suspect`: callers are asked to sign in; the tokens are kept, and presented once more after a minute.
 * - `held`: kept and presented again alike, but callers are not asked to sign in while the hold stands.
 * - `failed`: the tokens are destroyed.
 */
export type NextVerdict = 'suspect' | 'held' | 'failed';

/**
 * What becomes of a grant that the provider calls dead: suspect at first, failed once a confirmation a minute later says
 * the same. A hold keeps it from both, for as long as the refusal can be doubted.
 */
export function nextVerdict(before: PresentedVerdict, refusal: Refusal): NextVerdict {
  if (refusal.held && isDoubtful(refusal.reason)) return 'held';
  const isConfirmed = before.verdict === 'suspect' && before.forSeconds >= confirmationSpacingSeconds;
  return isConfirmed ? 'failed' : 'suspect';
}

/**
 * Whether the provider may be wrong when it says so of many grants at once. Session control is no reason for doubt: an
 * administrator wants all users to sign in anew, and the provider says so.
 */
export function isDoubtful(reason: string): boolean {
  return !sessionControlReasons.has(reason);
}
