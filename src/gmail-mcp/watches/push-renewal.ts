import { toEvergrantError, type EvergrantError } from '../../errors/index.js';
import type { OpenMailbox } from '../../gmail/index.js';
import type { RenewalEnd } from './watch-schedule.js';

/** Asks Gmail for notifications, or for more of them. Never rejects. */
export async function pushRenewal(
  { pushWatch }: Pick<OpenMailbox, 'pushWatch'>,
  topic: string,
): Promise<RenewalEnd> {
  try {
    return { status: 'renewed', ...(await pushWatch.begin(topic)) };
  } catch (thrown) {
    return renewalFailure(toEvergrantError(thrown));
  }
}

/**
 * Gmail answers 400, 403 or 404 where the topic is not of the Cloud project of the OAuth client, not there, or not one
 * that Gmail may publish to. https://developers.google.com/workspace/gmail/api/guides/push
 */
export function renewalFailure({ code, reason }: Pick<EvergrantError, 'code' | 'reason'>): RenewalEnd {
  const isRefused = code === 'VALIDATION_FAILED' || code === 'NOT_FOUND' || reason === 'forbidden';
  return { status: isRefused ? 'refused' : 'failed' };
}
