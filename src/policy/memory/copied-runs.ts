import type { SoughtWindow } from './fingerprints.js';
import { selectionReach } from './word-windows.js';

/** Fewer words in a row are a coincidence. */
const leastWords = 10;
/** What stands in so many conversations is a greeting, a signature or a disclaimer. */
const boilerplateThreads = 3;

/** In which threads the windows of a text were read, by their hashes. */
export type ReadIn = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The threads of which a text that is to leave has at least ten words in a row; of 14 or more it is always found.
 * @param ownThreadId the conversation that the text belongs to: what stands there is no other's
 */
export function copiedThreads(
  windows: readonly SoughtWindow[],
  readIn: ReadIn,
  ownThreadId: string | null,
): string[] {
  const lastRuns = new Map<string, { before: number; last: number }>();
  const copied = new Set<string>();
  for (const { start, before, after, hashes } of windows)
    for (const threadId of threadsOf(hashes, readIn, ownThreadId)) {
      const run = lastRuns.get(threadId);
      const first = run !== undefined && start - run.last <= selectionReach ? run.before : before;
      lastRuns.set(threadId, { before: first, last: start });
      if (after - first >= leastWords) copied.add(threadId);
    }
  return [...copied];
}

function threadsOf(hashes: readonly string[], readIn: ReadIn, ownThreadId: string | null): string[] {
  const threads = new Set(hashes.flatMap((hash) => [...(readIn.get(hash) ?? [])]));
  const isFree = threads.size >= boilerplateThreads || (ownThreadId !== null && threads.has(ownThreadId));
  return isFree ? [] : [...threads];
}
