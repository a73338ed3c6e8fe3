import type { Schemas } from '../../api/client.js';
import { words } from '../../words.js';

export type HistoryEvent = Schemas['HistoryPage']['items'][number];
type Told = Pick<HistoryEvent, 'event' | 'outcome' | 'trigger' | 'path' | 'reason' | 'errorCode'>;

const texts = words.history;

/** One line of a grant's history in a sentence. */
export function inPlainWords({ event, outcome, trigger, path, reason, errorCode }: Told): string {
  const said = texts.events[`${event} ${outcome}`] ?? texts.other(event, outcome);
  if (event !== 'refresh') return said;
  const parts = [
    said,
    path === null ? null : (texts.paths[path] ?? path),
    trigger === null ? null : (texts.triggers[trigger] ?? trigger),
  ].filter((part) => part !== null);
  const why = outcome === 'refreshed' ? null : (reasonInWords(reason) ?? reasonInWords(errorCode));
  return `${parts.join(', ')}${why === null ? '.' : `: ${why}`}`;
}

const bad: ReadonlySet<string> = new Set(['rejected', 'failed', 'suspect']);
const unclear: ReadonlySet<string> = new Set(['unavailable', 'unknown', 'held']);

/** A colour by how it went. */
export function toneOf({ outcome }: Pick<HistoryEvent, 'outcome'>): 'red' | 'yellow' | 'teal' {
  if (bad.has(outcome)) return 'red';
  return unclear.has(outcome) ? 'yellow' : 'teal';
}

/** What has no words of ours is told as it is: a short code. */
function reasonInWords(code: string | null): string | null {
  return code === null ? null : (words.stateReasons[code] ?? `${code}.`);
}
