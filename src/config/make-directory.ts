import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder (0700), and those above it. Node's own `recursive` tries for ever where a file system has no such
 * folder to make, as below `/proc`.
 * @throws the error of the file system
 */
export function makeDirectory(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  // Said as below a file; `EEXIST` would be no word for what is wrong.
  if (found !== undefined) throw Object.assign(new Error('Not a folder'), { code: 'ENOTDIR', path });
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may just have made it.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
