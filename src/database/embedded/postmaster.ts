import { spawnSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kill, pid as ownPid, platform } from 'node:process';

/** What `postmaster.pid` in a cluster's folder says. */
export interface Postmaster {
  /** Null for the moment in which the lock is there and nothing is written to it yet. */
  pid: number | null;
  port: number;
  /** The server accepts connections. */
  ready: boolean;
}

const emptyLockLimitMs = 5_000;

/** The live server of this cluster; null when there is none. A lock that a dead one left behind is removed. */
export function findPostmaster(directory: string): Postmaster | null {
  const lock = join(directory, 'postmaster.pid');
  const content = read(lock);
  if (content === null) return null;
  if (content === '' && isYoung(lock)) return { pid: null, port: 0, ready: false };
  const [pidLine = '', , , portLine = '', , , , status = ''] = content.split('\n');
  const pid = Number(pidLine);
  if (isPostmasterOf(pid, directory))
    return { pid, port: Number(portLine), ready: status.trim() === 'ready' };
  removeStaleLock(lock, content);
  return null;
}

/** Alive, and no zombie that only waits for its parent. */
export function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return platform !== 'linux' || !(read(`/proc/${pid}/stat`) ?? ') Z ').includes(') Z ');
}

/** Process ids are used again: only a postgres that was started on this folder is ours to adopt or to signal. */
function isPostmasterOf(pid: number, directory: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  if (platform === 'win32') return true;
  if (platform === 'linux') {
    const [program = '', ...args] = (read(`/proc/${pid}/cmdline`) ?? '').split('\0');
    return program.endsWith('postgres') && args.includes(directory);
  }
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(directory);
}

/** Moved aside before it is judged again: a lock that a new server wrote meanwhile is put back. */
function removeStaleLock(lock: string, stale: string): void {
  const aside = `${lock}.stale-${ownPid}`;
  try {
    renameSync(lock, aside);
    if (read(aside) !== stale) linkSync(aside, lock);
    rmSync(aside);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
}

function isYoung(path: string): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return mtimeMs !== undefined && Date.now() - mtimeMs < emptyLockLimitMs;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
