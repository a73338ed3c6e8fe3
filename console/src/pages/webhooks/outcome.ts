import { words } from '../../words.js';
import type { Delivery } from './webhook-queries.js';

const texts = words.webhooks;

type Outcome = Pick<Delivery, 'lastStatus' | 'failure' | 'durationMs'>;

/** What came of the last attempt, in a sentence or two. */
export function outcomeInWords({ lastStatus, failure, durationMs }: Outcome): string {
  return [
    lastStatus === null
      ? null
      : `${texts.answered(lastStatus)}${durationMs === null ? '' : ` ${texts.within(durationMs)}`}.`,
    failure === null ? null : (texts.failures[failure] ?? texts.otherFailure(failure)),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}
