import { nextAttemptInSeconds } from './retry-schedule.js';
import type { DeliveryFailure, Judgement } from './receiver-answer.js';

/** What a delivery is after an attempt. */
export type DeliveryEnd =
  | { status: 'delivered'; failure: null; retryInSeconds: null }
  | { status: 'failed'; failure: DeliveryFailure; retryInSeconds: number }
  | { status: 'given_up'; failure: DeliveryFailure; retryInSeconds: null };

/**
 * What an answer makes of a delivery.
 * @param isOnce it is for someone who waits for the answer, and not tried again
 * @param random from 0 to 1, for the pause before the next attempt
 */
export function deliveryEnd(
  judgement: Judgement,
  { attempts, ageSeconds, isOnce }: { attempts: number; ageSeconds: number; isOnce: boolean },
  random: number,
): DeliveryEnd {
  if (judgement.do === 'deliver') return { status: 'delivered', failure: null, retryInSeconds: null };
  const { failure } = judgement;
  const retryInSeconds =
    isOnce || judgement.do === 'disable'
      ? null
      : nextAttemptInSeconds(
          { attempts, ageSeconds, retryAfterSeconds: judgement.retryAfterSeconds },
          random,
        );
  return retryInSeconds === null
    ? { status: 'given_up', failure, retryInSeconds: null }
    : { status: 'failed', failure, retryInSeconds };
}
