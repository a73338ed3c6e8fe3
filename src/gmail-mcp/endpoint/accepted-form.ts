/** How an answer may be given to a client. */
export type AnswerForm = 'stream' | 'json';

/** The media types that a range of `Accept` stands for, of the two that there are. */
const ranges: ReadonlyMap<string, AnswerForm> = new Map([
  ['text/event-stream', 'stream'],
  ['text/*', 'stream'],
  ['application/json', 'json'],
  ['application/*', 'json'],
  ['*/*', 'json'],
]);
const isRefused = /;\s*q=0(\.0*)?\s*$/i;

/**
 * The form in which a client takes an answer (RFC 9110 section 12.5.1): an event stream if it names one; JSON to those
 * that take anything, since what reads only JSON says no more than that. Null for those that take neither.
 */
export function acceptedForm(accept: string | undefined): AnswerForm | null {
  if (accept === undefined || accept.trim() === '') return 'json';
  const forms = accept
    .split(',')
    .filter((range) => !isRefused.test(range))
    .map((range) => ranges.get(range.replace(/;.*/, '').trim().toLowerCase()));
  return forms.find((form) => form === 'stream') ?? forms.find((form) => form !== undefined) ?? null;
}
