import type { GmailFilter } from '../client/answers.js';

type Content = Pick<GmailFilter, 'criteria' | 'action'>;

/** Whether a filter is the one that was asked for: Gmail makes no second one of the same. */
export function isSameFilter({ criteria, action }: Content, other: Content): boolean {
  return contentOf(criteria) === contentOf(other.criteria) && contentOf(action) === contentOf(other.action);
}

function contentOf(fields: object): string {
  const told = Object.entries(fields)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? value.toSorted() : value]);
  return JSON.stringify(told.sort(([one], [other]) => String(one).localeCompare(String(other))));
}
