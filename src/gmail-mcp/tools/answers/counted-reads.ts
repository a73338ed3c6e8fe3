import type { ToolContext } from '../define-tool.js';

/** The same reader, which tells the client after each of so many reads how many are done. */
export function counted<Entry, Read>(
  total: number,
  { progress }: Pick<ToolContext, 'progress'>,
  read: (entry: Entry) => Promise<Read>,
): (entry: Entry) => Promise<Read> {
  let done = 0;
  return async (entry) => {
    const found = await read(entry);
    done += 1;
    progress(done, total);
    return found;
  };
}
