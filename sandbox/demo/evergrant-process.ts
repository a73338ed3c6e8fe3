import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { until } from '../until.js';

const entry = fileURLToPath(new URL('../../main.js', import.meta.url));
const readyLimitMs = 30_000;

/** One process of Evergrant, as an operator would start it. */
export class EvergrantProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    const collect = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-4000);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** Resolves when `readyUrl` answers 200; rejects with the last output when the process ends before. */
  static async start(variables: Record<string, string>, readyUrl: string): Promise<EvergrantProcess> {
    const child = spawn(execPath, [entry], {
      env: { PATH: env.PATH, HOME: env.HOME, LOG_LEVEL: 'warn', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const evergrant = new EvergrantProcess(child);
    const ready = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
      return (await fetch(readyUrl).catch(() => null))?.status === 200;
    };
    try {
      await until('Evergrant is ready', ready, { limitMs: readyLimitMs });
      return evergrant;
    } catch (cause) {
      child.kill('SIGKILL');
      throw new Error(`Evergrant did not start:\n${evergrant.output}`, { cause });
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }
}
