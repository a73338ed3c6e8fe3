import type { ReadIn } from './copied-runs.js';
import type { SoughtWindow } from './fingerprints.js';
import { selectionReach, windowWords } from './word-windows.js';

/** A window so near to one that was read may hold words of it: only some of what is read is remembered. */
const reach = windowWords + selectionReach;

/** The windows of a written text that its writer has not read somewhere, as far as that is remembered. */
export function ownWindows(windows: readonly SoughtWindow[], readIn: ReadIn): SoughtWindow[] {
  const read = windows
    .filter(({ hashes }) => hashes.some((hash) => readIn.has(hash)))
    .map(({ start }) => start);
  return windows.filter(({ start }) => !read.some((each) => Math.abs(each - start) <= reach));
}
