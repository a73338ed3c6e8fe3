import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, SandboxControl, startSandbox, type Sandbox } from '../sandbox/index.js';
import { Database } from './database.js';
import { client, variablesOf, type Addresses } from './environment.js';
import { ProductProcess } from './product-process.js';
import { TcpProxy } from './tcp-proxy.js';

/** The end of one life of a process, by the provider's clock. */
export interface Death {
  caller: string;
  atMs: number;
  /** Since when nothing that it sent reached the database, or that was away; null when all did. */
  cutOffSinceMs: number | null;
}

const processesPerRole = 2;

/**
 * A deployment with all that stands around it: two API processes, which refresh unasked too, two OAuth services behind
 * a balancer, a PostgreSQL behind a proxy for each of them, and the sandbox as a provider that rotates refresh tokens
 * and ends the grant of one that is presented twice.
 */
export class Stage {
  readonly google: SandboxControl;
  readonly deaths: Death[] = [];
  /** Lives that ended by themselves. */
  readonly crashes: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly sandbox: Sandbox,
    readonly database: Database,
    private readonly balancer: TcpProxy,
    readonly processes: readonly ProductProcess[],
  ) {
    this.google = new SandboxControl(sandbox.controlUrl);
  }

  static async start(folder: string, log: (line: string) => void): Promise<Stage> {
    mkdirSync(folder, { recursive: true });
    const database = await Database.start(join(folder, 'postgres'), log);
    const ports = await Promise.all(Array.from({ length: processesPerRole * 4 + 1 }, () => freePort()));
    const port = (): number => ports.pop() ?? 0;
    const [publicPort, balancerPort] = [port(), port()];
    const publicUrl = `http://localhost:${publicPort}`;
    const sandbox = await startSandbox({
      port: 0,
      stateDir: null,
      clients: [{ ...client, redirectUris: [`${publicUrl}/oauth/callback`] }],
    });
    const processes: ProductProcess[] = [];
    const balancer = await TcpProxy.start(balancerPort, roundRobin(processes));
    const stage = new Stage(folder, sandbox, database, balancer, processes);
    const addresses: Omit<Addresses, 'port' | 'databaseUrl'> = {
      ...{ publicUrl, serviceUrl: `http://localhost:${balancerPort}`, provider: sandbox.endpoints },
    };
    for (const role of ['oauth', 'api'] as const) {
      for (let number = 1; number <= processesPerRole; number += 1) {
        const ownPort = role === 'api' && number === 1 ? publicPort : port();
        const proxy = await TcpProxy.start(port(), () => database.port);
        const databaseUrl = database.urlThrough(proxy.port);
        processes.push(
          new ProductProcess({
            ...{ name: `${role}-${number}`, role, port: ownPort, database: proxy, folder },
            variables: (caller) => variablesOf(role, caller, { ...addresses, port: ownPort, databaseUrl }),
            onUp: () => void (role === 'oauth' && balancer.accept()),
            onCrash: (caller) => void stage.crashed(caller),
          }),
        );
      }
    }
    // One after the other: the first one migrates.
    for (const each of processes.toReversed()) {
      each.start();
      await each.ready();
    }
    return stage;
  }

  /** The processes of a role. */
  role(role: 'api' | 'oauth'): ProductProcess[] {
    return this.processes.filter((process) => process.role === role);
  }

  /** One of them, counted through as often as it takes. */
  numbered(role: 'api' | 'oauth', number: number): ProductProcess {
    const processes = this.role(role);
    const process = processes[number % processes.length];
    if (!process) throw new Error(`There is no ${role} process`);
    return process;
  }

  /**
   * `kill -9` of all at once, as soon as they are up; they are started again at once.
   * @returns whose lives ended
   */
  async kill(victims: readonly ProductProcess[]): Promise<string> {
    await Promise.all(victims.map((process) => process.ready()));
    const callers = victims.map(({ caller }) => caller);
    const cutOff = victims.map(({ database }) => database.heldSinceMs ?? this.database.awaySinceMs);
    // A balancer without a target refuses, rather than accepting and resetting.
    if (this.role('oauth').every((process) => victims.includes(process) || !process.isUp))
      this.balancer.refuse();
    await Promise.all(victims.map((process) => process.kill()));
    const atMs = await this.nowMs();
    victims.forEach(({ database }, index) => {
      const cutOffSinceMs = cutOff[index] ?? null;
      this.deaths.push({ caller: callers[index] ?? '', atMs, cutOffSinceMs });
      database.cut();
    });
    for (const process of victims) process.start();
    return callers.join(' and ');
  }

  async everythingRuns(): Promise<void> {
    await Promise.all([this.database, ...this.processes].map((each) => each.ready()));
  }

  /** Moves the database's clock and the provider's. */
  async shiftClock(seconds: number): Promise<void> {
    await this.database.shiftClock(seconds);
    await this.google.advanceClock(seconds);
  }

  /** The provider's time. */
  async nowMs(): Promise<number> {
    return Date.parse((await this.google.clock()).now);
  }

  async stop({ keepFolder = false } = {}): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    for (const { database } of this.processes) database.close();
    this.balancer.close();
    await this.sandbox.close();
    await this.database.stop();
    if (!keepFolder) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async crashed(caller: string): Promise<void> {
    this.crashes.push(caller);
    this.deaths.push({ caller, atMs: await this.nowMs(), cutOffSinceMs: null });
  }
}

function roundRobin(processes: readonly ProductProcess[]): () => number | undefined {
  let turn = 0;
  return () => {
    const up = processes.filter(({ role, isUp }) => role === 'oauth' && isUp);
    turn += 1;
    return up[turn % up.length]?.port;
  };
}
