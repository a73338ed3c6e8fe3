import type { UnitCosts } from '../quota/unit-costs.js';

/** A message that is to be read, and its thread where that is known. */
export interface WantedMessage {
  id: string;
  threadId?: string | undefined;
}

/** The threads that cost less, read whole, than those of their messages that are wanted, read one by one. */
export function cheaperThreads(
  wanted: readonly WantedMessage[],
  costs: Pick<UnitCosts, 'messages.get' | 'threads.get'>,
): ReadonlySet<string> {
  const counts = new Map<string, Set<string>>();
  for (const { id, threadId } of wanted)
    if (threadId !== undefined) counts.set(threadId, (counts.get(threadId) ?? new Set()).add(id));
  const isCheaper = (messages: number): boolean => messages * costs['messages.get'] > costs['threads.get'];
  return new Set([...counts].filter(([, ids]) => isCheaper(ids.size)).map(([threadId]) => threadId));
}
