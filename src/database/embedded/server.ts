import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { executable } from './binaries.js';
import { clusterDirectory } from './cluster.js';
import { EmbeddedPostgresFailure } from './failure.js';
import type { LaunchMode } from './launch-mode.js';
import { freePort, isFree } from './ports.js';
import { findPostmaster, isAlive } from './postmaster.js';

const pollMs = 25;
const startLimitMs = 60_000;
const startTries = 5;
const startAgainMs = 300;
const shutdownLimitMs = 10_000;
const logLimitBytes = 10 * 1024 * 1024;

const ownSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  // What fails is known to the caller; its statement and values are no business of a log file.
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];

/** The server of one cluster, whichever process started it. */
export class Server {
  private readonly directory: string;
  private readonly logFile: string;
  private readonly portFile: string;

  constructor(
    private readonly mode: LaunchMode,
    private readonly binaries: string,
    dataDir: string,
    private readonly settings: readonly string[],
  ) {
    this.directory = clusterDirectory(dataDir);
    this.logFile = join(dataDir, 'postgres.log');
    this.portFile = join(dataDir, 'postgres-port');
  }

  /**
   * Adopts the running server or starts one; PostgreSQL's own lock decides when several processes try. With
   * `keepPort` it is started on the port of the last time only: the pool of another process may still point there.
   * @returns the port, and whether this call started the server
   */
  async ensureRunning({ keepPort = false } = {}): Promise<{ port: number; started: boolean }> {
    const giveUpAt = performance.now() + startLimitMs;
    let hasEnded: (() => boolean) | null = null;
    for (let tried = 0; performance.now() < giveUpAt;) {
      const running = findPostmaster(this.directory);
      if (running?.ready) return { port: running.port, started: tried > 0 };
      if (!running && (hasEnded === null || hasEnded())) {
        // The first tries can meet the last memory of a killed server, or a port that was just taken.
        if (tried === startTries)
          throw new EmbeddedPostgresFailure(`PostgreSQL did not start:\n${this.logTail()}`);
        if (tried > 0) await pause(startAgainMs);
        hasEnded = this.spawn(await this.choosePort(keepPort));
        tried += 1;
      }
      await pause(pollMs);
    }
    throw new EmbeddedPostgresFailure(`PostgreSQL was not ready in time:\n${this.logTail()}`);
  }

  /** A fast shutdown, and after ten seconds an immediate one; recovery makes good for the latter. */
  async stop(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      const pid = findPostmaster(this.directory)?.pid;
      if (pid === null || pid === undefined) return;
      kill(pid, signal);
      const giveUpAt = performance.now() + shutdownLimitMs;
      while (isAlive(pid) && performance.now() < giveUpAt) await pause(pollMs);
    }
  }

  /** @returns whether the process that was started has ended */
  private spawn(port: number): () => boolean {
    if (this.logSize() > logLimitBytes) truncateSync(this.logFile);
    const log = openSync(this.logFile, 'a', 0o600);
    const { file, args, options } = this.mode.command(executable(this.binaries, 'postgres'), [
      ...['-D', this.directory, '-p', String(port)],
      ...[...ownSettings, ...this.settings].flatMap((setting) => ['-c', setting]),
    ]);
    // In a session of its own: Ctrl-C on the terminal reaches Node only, which then decides.
    const child = spawn(file, args, { ...options, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    child.unref();
    let failed = false;
    child.once('error', () => (failed = true));
    return () => failed || child.exitCode !== null || child.signalCode !== null;
  }

  /** The port of the last time when it is free, so that pools which outlive a restart find the server again. */
  private async choosePort(keepPort: boolean): Promise<number> {
    const last = Number(readOrEmpty(this.portFile));
    if (last > 0 && (await isFree(last))) return last;
    if (keepPort)
      throw new EmbeddedPostgresFailure(`Port ${last} of PostgreSQL was taken by another program`);
    const port = await freePort();
    if (port === null) throw new EmbeddedPostgresFailure('No free port on 127.0.0.1 for PostgreSQL');
    writeFileSync(this.portFile, String(port), { mode: 0o600 });
    return port;
  }

  private logSize(): number {
    return statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0;
  }

  private logTail(): string {
    return readOrEmpty(this.logFile).trimEnd().split('\n').slice(-8).join('\n');
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
