import { coversScope, isIdentityScope } from '../../gmail/index.js';

/** Whether a Google access token may leave with a caller; if not, which of its scopes stand against it. */
export type TokenHandout = { do: 'hand_out' } | { do: 'refuse'; wider: readonly string[] };

/** What the caller brings for a token that opens more than the instance asks for. */
export interface WiderConsent {
  /** Said in the request that a wider token is meant. */
  named: boolean;
  /** Has the right to it. */
  permitted: boolean;
}

/**
 * The one token of a grant that is shared, adopted or older than the instance's scopes may open more than the instance
 * asks for. Then it leaves only with a caller who may have it and says so. A token that opens less is handed out: its
 * `scope` tells. The scopes of identity never count as more.
 */
export function tokenHandout(
  asked: readonly string[],
  granted: readonly string[],
  { named, permitted }: WiderConsent,
): TokenHandout {
  const wider = granted.filter((scope) => !isIdentityScope(scope) && !coversScope(asked, scope));
  return wider.length === 0 || (named && permitted) ? { do: 'hand_out' } : { do: 'refuse', wider };
}
