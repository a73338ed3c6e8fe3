import pMap from 'p-map';
import type { z } from 'zod';
import type { MailboxHistory } from '../../../gmail/index.js';
import { filledPage } from '../answers/filled-page.js';
import type { messageSummary } from '../message-summary.js';
import type { Room } from '../reading/body-view.js';
import { mailboxChanges, type MailboxChanges } from './mailbox-changes.js';

type Summary = z.input<typeof messageSummary>;

type Change =
  | { kind: 'new'; id: string }
  | { kind: 'deleted'; id: string }
  | { kind: 'labels'; labels: MailboxChanges['labelChanges'][number] };

type ToldChange = Exclude<Change, { kind: 'new' }> | { kind: 'new'; summary: Summary };

/** What is told of some records, and up to where. */
export interface ChangesPage {
  newMessages: Summary[];
  deletedMessageIds: string[];
  labelChanges: MailboxChanges['labelChanges'];
  /** So many records are told whole. */
  records: number;
  /** So many changes of the record behind them are told too. */
  skip: number;
}

/**
 * The outcome of as many records as there is room for. One that alone does not fit is told in parts.
 * @param skip so many changes of the first record are known already
 * @param summaryOf null for what is gone, or could not be read
 */
export async function changesPage(
  records: MailboxHistory['history'],
  {
    skip,
    room,
    summaryOf,
    signal,
  }: { skip: number; room: Room; summaryOf: (id: string) => Promise<Summary | null>; signal: AbortSignal },
): Promise<ChangesPage> {
  const summaries = new Map<string, Promise<Summary | null>>();
  const told = async (change: Change): Promise<ToldChange | null> => {
    if (change.kind !== 'new') return change;
    const reading = summaries.get(change.id) ?? summaryOf(change.id);
    summaries.set(change.id, reading);
    const summary = await reading;
    return summary && { kind: 'new', summary };
  };
  let count = skip > 0 ? 1 : records.length;
  for (;;) {
    const changes = changesIn(records.slice(0, count)).slice(skip);
    const { items, done } = await filledPage(changes, room, (some) => pMap(some, told, { signal }));
    if (done === changes.length) return { ...listed(items), records: count, skip: 0 };
    if (count === 1) return { ...listed(items), records: 0, skip: skip + done };
    // Where a page may end is known only from its outcome: a later record can undo an earlier one.
    count = Math.ceil(count / 2);
  }
}

function changesIn(records: MailboxHistory['history']): Change[] {
  const { newMessageIds, deletedMessageIds, labelChanges } = mailboxChanges(records);
  return [
    ...newMessageIds.map((id) => ({ kind: 'new', id }) as const),
    ...deletedMessageIds.map((id) => ({ kind: 'deleted', id }) as const),
    ...labelChanges.map((labels) => ({ kind: 'labels', labels }) as const),
  ];
}

function listed(changes: readonly ToldChange[]): Omit<ChangesPage, 'records' | 'skip'> {
  return {
    newMessages: changes.flatMap((each) => (each.kind === 'new' ? each.summary : [])),
    deletedMessageIds: changes.flatMap((each) => (each.kind === 'deleted' ? each.id : [])),
    labelChanges: changes.flatMap((each) => (each.kind === 'labels' ? each.labels : [])),
  };
}
