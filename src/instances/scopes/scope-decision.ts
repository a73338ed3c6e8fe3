import { coversScope } from '../../gmail/index.js';

/** What an instance asks for, and what it was granted; null while nothing is known of that. */
export interface InstanceScopes {
  asked: readonly string[];
  granted: readonly string[] | null;
}

/** Whether an instance may do something, and if not, who has to act: the operator, or the owner of the mailbox. */
export type ScopeDecision = 'allowed' | 'not_asked_for' | 'not_granted';

/**
 * What an instance may do is what it asks for and was granted, both: a grant that it shares, has outlived or was given
 * may open more. One of `sufficient` has to be covered on either side; none given means that no scope is needed.
 */
export function scopeDecision(
  { asked, granted }: InstanceScopes,
  sufficient: readonly string[],
): ScopeDecision {
  if (sufficient.length === 0) return 'allowed';
  if (!coversOne(asked, sufficient)) return 'not_asked_for';
  if (granted !== null && !coversOne(granted, sufficient)) return 'not_granted';
  return 'allowed';
}

function coversOne(held: readonly string[], sufficient: readonly string[]): boolean {
  return sufficient.some((scope) => coversScope(held, scope));
}
