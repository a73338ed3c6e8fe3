import { EvergrantError } from '../../errors/index.js';
import type { StoredAct } from './stored-act.js';

/** Why an act cannot be decided on; null where it can. @param contentDigest of what the person has read, if told */
export function refusalOfDecision(
  { state, overdue, contentDigest: stored }: Pick<StoredAct, 'state' | 'overdue' | 'contentDigest'>,
  contentDigest: string | undefined,
): EvergrantError | null {
  if (state === 'expired' || (state === 'held' && overdue))
    return conflict(
      'approval_expired',
      'This approval has expired: what it was for has to be asked for again',
    );
  if (state !== 'held') return conflict('approval_decided', 'This approval was decided on already');
  if (contentDigest !== undefined && contentDigest !== stored)
    return conflict('content_changed', 'The content is not the one that was read', 'contentDigest');
  return null;
}

function conflict(reason: string, message: string, field?: string): EvergrantError {
  return new EvergrantError('CONFLICT', { reason, message, field });
}
