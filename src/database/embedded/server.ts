import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgresFailure } from './failure.js';
import { executable } from './binaries.js';
import { clusterDirectory } from './cluster.js';
import type { LaunchMode } from './launch-mode.js';
import { findPostmaster, isAlive } from './postmaster.js';

const pollMs = 25;
const startLimitMs = 60_000;
const fastShutdownLimitMs = 10_000;
const logLimitBytes = 10 * 1024 * 1024;

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

  /** Adopts the running server or starts one; PostgreSQL's own lock decides when several processes try. */
  async ensureRunning(): Promise<{ port: number }> {
    const giveUpAt = performance.now() + startLimitMs;
    let exited: (() => boolean) | null = null;
    while (performance.now() < giveUpAt) {
      const running = findPostmaster(this.directory);
      if (running?.ready) return { port: running.port };
      if (!running) {
        // Ours ended though no other server is there: it cannot start at all.
        if (exited?.())
          throw new EmbeddedPostgresFailure(`The embedded PostgreSQL did not start:\n${this.lastLogLines()}`);
        exited ??= this.spawn(await this.choosePort());
      }
      await pause(pollMs);
    }
    throw new EmbeddedPostgresFailure(
      `The embedded PostgreSQL was not ready in time:\n${this.lastLogLines()}`,
    );
  }

  /** A fast shutdown, and after ten seconds an immediate one; recovery makes good for the latter. */
  async stop(): Promise<void> {
    const running = findPostmaster(this.directory);
    if (!running) return;
    kill(running.pid, 'SIGINT');
    const immediateAt = performance.now() + fastShutdownLimitMs;
    while (isAlive(running.pid) && performance.now() < immediateAt) await pause(pollMs);
    if (findPostmaster(this.directory)?.pid === running.pid) kill(running.pid, 'SIGQUIT');
    while (isAlive(running.pid)) await pause(pollMs);
  }

  private spawn(port: number): () => boolean {
    if ((statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes)
      truncateSync(this.logFile);
    const log = openSync(this.logFile, 'a', 0o600);
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      ...this.settings,
    ];
    const { file, args, options } = this.mode.command(executable(this.binaries, 'postgres'), [
      ...['-D', this.directory, '-p', String(port)],
      ...settings.flatMap((setting) => ['-c', setting]),
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
  private async choosePort(): Promise<number> {
    const last = Number(readOrNull(this.portFile) ?? 0);
    const port = (await tryListen(last)) ?? (await tryListen(0));
    if (port === null)
      throw new EmbeddedPostgresFailure('No free port on 127.0.0.1 for the embedded PostgreSQL');
    writeFileSync(this.portFile, String(port), { mode: 0o600 });
    return port;
  }

  private lastLogLines(): string {
    return (readOrNull(this.logFile) ?? '').trimEnd().split('\n').slice(-12).join('\n');
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}
