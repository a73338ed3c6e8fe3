import process from 'node:process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const startLimitMs = 60_000;
const pollMs = 100;

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
    const giveUpAtMs = performance.now() + startLimitMs;
    while (
      !(await fetch(url + readyPath).then(
        (answer) => answer.ok,
        () => false,
      ))
    ) {
      if (child.exitCode !== null || performance.now() > giveUpAtMs) {
        await started.stop();
        throw new Error(`${script} did not start`);
      }
      await pause(pollMs);
    }
    return started;
  }

  async stop(): Promise<void> {
    this.kill();
    await this.stopped;
  }
}
