import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../sandbox/index.js';
import type { TcpProxy } from './tcp-proxy.js';

const entry = fileURLToPath(new URL('../main.js', import.meta.url));
const startAgainMs = 200;
/** Processes that start all at once on a busy machine. */
const startLimitMs = 240_000;

interface ProductProcessOptions {
  name: string;
  role: 'api' | 'oauth';
  port: number;
  /** Its way to the database. */
  database: TcpProxy;
  /** Where its output goes, and its `DATA_DIR`, which outlives it. */
  folder: string;
  /** Its environment; `caller` names this life of it. */
  variables: (caller: string) => Record<string, string>;
  /** It is ready. */
  onUp: () => void;
  /** It ended without being killed. */
  onCrash: (caller: string) => void;
}

/** A place in the deployment where a process of the product runs; one that ended is started again, as by an orchestrator. */
export class ProductProcess {
  /** It answered that it is ready, and has not ended since. */
  isUp = false;
  private child: ChildProcess | undefined;
  private life = 0;
  /** The child whose end is our doing. */
  private killed: ChildProcess | undefined;
  private stopping = false;

  constructor(private readonly options: ProductProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get role(): 'api' | 'oauth' {
    return this.options.role;
  }

  get port(): number {
    return this.options.port;
  }

  get database(): TcpProxy {
    return this.options.database;
  }

  get url(): string {
    return `http://localhost:${this.options.port}`;
  }

  /** Names this life of the process. */
  get caller(): string {
    return `${this.options.name}.${this.life}`;
  }

  /** Starts it. One that ends by itself is started again; one that was killed, by who killed it. */
  start(): void {
    if (this.stopping || (this.child && !hasEnded(this.child))) return;
    this.life += 1;
    const { caller } = this;
    const { folder, name, variables, onCrash } = this.options;
    const log = openSync(join(folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH, DATA_DIR: join(folder, name), ...variables(caller) },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    child.once('exit', () => {
      const wasUp = this.isUp;
      this.isUp = false;
      if (this.killed === child) return;
      if (wasUp) onCrash(caller);
      void pause(startAgainMs).then(() => this.start());
    });
    void this.watchStart(child);
  }

  /** Resolves when it is up. */
  async ready(): Promise<void> {
    await until(`${this.options.name} is ready`, () => this.isUp, { limitMs: startLimitMs });
  }

  /** `kill -9`; resolves when it is dead. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || hasEnded(child)) return;
    this.isUp = false;
    this.killed = child;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.kill();
  }

  private async watchStart(child: ChildProcess): Promise<void> {
    const answers = async (): Promise<boolean> => {
      if (hasEnded(child) || this.killed === child) return true;
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      // A child that was killed meanwhile must not speak for the next.
      this.isUp = answer?.status === 200 && this.killed !== child && !hasEnded(child);
      if (this.isUp) this.options.onUp();
      return this.isUp;
    };
    await until(`${this.options.name} answers`, answers, { limitMs: startLimitMs }).catch(() =>
      child.kill('SIGKILL'),
    );
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
