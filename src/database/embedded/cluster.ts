import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { EmbeddedPostgresFailure } from './failure.js';
import { executable } from './binaries.js';
import type { LaunchMode } from './launch-mode.js';
import { isAlive } from './postmaster.js';

/** Where the cluster lives in `DATA_DIR`. */
export function clusterDirectory(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * Makes the cluster unless it exists. It is built beside its place and moved there whole: a kill in the middle
 * leaves nothing half-made, and of two processes that start at once one finds the other's.
 */
export function createCluster(mode: LaunchMode, binaries: string, dataDir: string, password: string): void {
  const place = clusterDirectory(dataDir);
  removeAbandonedDrafts(dataDir);
  if (existsSync(join(place, 'PG_VERSION'))) return;
  const draft = join(dataDir, `postgres.new-${pid}`);
  const passwordFile = `${draft}.password`;
  try {
    mkdirSync(draft, { mode: 0o700 });
    mode.own(draft);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    mode.own(passwordFile);
    initialize(mode, binaries, draft, passwordFile);
    moveInto(draft, place);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

function initialize(mode: LaunchMode, binaries: string, directory: string, passwordFile: string): void {
  const { file, args, options } = mode.command(executable(binaries, 'initdb'), [
    ...['-D', directory, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  const result = spawnSync(file, args, { ...options, encoding: 'utf8' });
  if (result.status !== 0)
    throw new EmbeddedPostgresFailure(`The embedded PostgreSQL could not be set up: ${result.stderr}`);
}

function moveInto(draft: string, place: string): void {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(join(place, 'PG_VERSION'))) throw error;
  }
}

function removeAbandonedDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const owner = Number(/^postgres\.new-(\d+)/.exec(name)?.[1] ?? NaN);
    if (Number.isInteger(owner) && (owner === pid || !isAlive(owner))) removeDraft(join(dataDir, name));
  }
}

/** The initdb of a start that was killed may still write there: what cannot be removed now is left to the next start. */
function removeDraft(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}
