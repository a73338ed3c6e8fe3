import process from 'node:process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../sandbox/index.js';

const startLimitMs = 60_000;

/** A Node process that serves HTTP, so that what is measured does not share a thread with what measures. */
export class ChildProcess {
  private constructor(
    readonly url: string,
    private readonly stopped: Promise<unknown>,
    private readonly kill: () => void,
  ) {}

  /**
   * @param script relative to the build's root
   * @param readyPath answers 200 once the process serves
   */
  static async start(
    script: string,
    url: string,
    readyPath: string,
    env: Record<string, string>,
    args: readonly string[] = [],
  ): Promise<ChildProcess> {
    const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
    const child = spawn(process.execPath, [file, ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const started = new ChildProcess(url, once(child, 'exit'), () => child.kill('SIGTERM'));
    const ready = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
      return (await fetch(url + readyPath).catch(() => null))?.ok ?? false;
    };
    try {
      await until(`${script} is ready`, ready, { limitMs: startLimitMs });
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.kill();
    await this.stopped;
  }
}
