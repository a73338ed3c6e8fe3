import { accessSync, constants } from 'node:fs';
import { resolve, sep } from 'node:path';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';
import { makeDirectory } from './make-directory.js';

/**
 * Makes `DATA_DIR`, and tries whether it can be written.
 * @returns what is wrong with it, in words for the log, where it holds nothing that the process cannot do without
 * @throws ConfigurationError where the embedded database is to live there
 */
export function prepareDataDirectory({ DATA_DIR, ROLES, usesEmbeddedDatabase }: Environment): string | null {
  if (!ROLES.has('api') && !ROLES.has('refresher')) return null;
  try {
    makeDirectory(resolve(DATA_DIR));
    accessSync(DATA_DIR, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const fault = dataDirectoryFault(DATA_DIR, error) ?? (error as Error);
    if (usesEmbeddedDatabase) throw fault;
    return `${fault.message}: a refreshed token that the database cannot take would live in memory only`;
  }
}

/** The line for an error of the file system on a path in `DATA_DIR`, or on the way there; null for every other one. */
export function dataDirectoryFault(dataDir: string, error: unknown): ConfigurationError | null {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (typeof code !== 'string' || typeof path !== 'string') return null;
  const folder = resolve(dataDir);
  const isConcerned = [path, dest].some(
    (each) =>
      each !== undefined &&
      (`${resolve(each)}${sep}`.startsWith(`${folder}${sep}`) ||
        `${folder}${sep}`.startsWith(`${resolve(each)}${sep}`)),
  );
  return isConcerned ? new ConfigurationError('DATA_DIR', `cannot be used (${code})`) : null;
}
