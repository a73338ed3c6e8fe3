import type { Bound } from '../tree/work-budget.js';
import type { TaskEnded } from '../threads/task-ended.js';

/** What part of a message was left out for: a bound of its reading, or how the thread that read it ended. */
export type LeftOut = Bound | 'time' | 'memory' | 'busy';

/** What stands in the text in place of what was left out. */
const notices: Readonly<Record<LeftOut, string>> = {
  work: '[Part of the HTML of this message is left out: it takes too much work to tell what of it is seen]',
  htmlSize: '[The rest of this very long HTML message is left out]',
  textSize: '[The rest of this very long message is left out]',
  styleSize: '[The HTML of this message is left out: it has too much style to tell what of it is seen]',
  depth: '[Part of the HTML of this message is left out: it is nested too deep to tell what of it is seen]',
  parts: '[Parts of this message are left out: it has too many, or too many in each other]',
  failure: '[Part of the HTML of this message is left out: it cannot be turned into text]',
  time: '[The HTML of this message is left out: turning it into text takes too long]',
  memory: '[The HTML of this message is left out: turning it into text takes too much memory]',
  busy: '[The HTML of this message is left out: too many long messages are being read, try again later]',
};

/** Every bound there is. */
export const leftOutBounds = Object.keys(notices) as LeftOut[];

/** A text with a notice for each thing that was left out of it. */
export function withNotices(text: string, leftOut: Iterable<LeftOut>): string {
  return [text, ...Array.from(leftOut, (each) => notices[each])].filter((each) => each !== '').join('\n\n');
}

/** Why a thread came to no result. */
export function leftOutFor({ reason }: TaskEnded): LeftOut {
  if (reason === 'ERR_WORKER_OUT_OF_MEMORY') return 'memory';
  if (reason === 'TimeoutError') return 'time';
  return reason === 'TooManyWaiting' ? 'busy' : 'failure';
}
