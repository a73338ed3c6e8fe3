import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../../sandbox/index.js';

/** A Node process of a test's, its output kept. */
export class NodeProcess {
  stdout = '';
  stderr = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** The environment is the given one alone, so that the run's own DATABASE_URL is not inherited. */
  static start(args: string[], env: Record<string, string> = {}, command = process.execPath): NodeProcess {
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new NodeProcess(child);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid!;
  }

  send(line: string): void {
    this.child.stdin?.write(line);
  }

  /** The exit code, once the process ended by itself. */
  async exitCode(): Promise<number | null> {
    if (this.running) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.running) this.child.kill(signal);
    return this.exitCode();
  }

  /** Waits until standard output matches; fails with all output when the process ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    return until(`${pattern} on standard output`, () => {
      const match = pattern.exec(this.stdout);
      if (!match && !this.running) throw new Error(`The process ended:\n${this.stdout}\n${this.stderr}`);
      return match;
    });
  }
}

/**
 * Arguments of setpriv for a user that is not root. It may read what it could not reach, since a clone can lie
 * below a folder of root's; writing takes its own rights.
 */
export function asUser(uid: number): string[] {
  const reading = ['--inh-caps=-all,+dac_read_search', '--ambient-caps=+dac_read_search'];
  return [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...reading];
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'evergrant-processes-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const repository = resolve(import.meta.dirname, '../..');
