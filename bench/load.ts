import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { Latencies } from './latencies.js';

/** A request that is made again and again: a POST if it has a body, else a GET. */
export interface RepeatedRequest {
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** One request, made again and again over kept-alive connections. */
export class Load {
  readonly latencies = new Latencies();
  /** All that were answered, warm-up included. */
  requests = 0;
  private readonly perSecond: number[] = [];
  private readonly pool: Pool;

  constructor(
    private readonly origin: string,
    private readonly request: RepeatedRequest,
    private readonly connections: number,
    /** Over so long the callers begin one after the other, in milliseconds. */
    private readonly spreadMs = 0,
  ) {
    this.pool = new Pool(origin, { connections });
  }

  /** Asks for so long, and keeps nothing of it. Throws when an answer is no success. */
  async warmUp(ms: number): Promise<void> {
    await this.askFor(ms, new Latencies());
  }

  /** Asks for so long, over all connections at once. Throws when an answer is no success. */
  async slice(ms: number): Promise<void> {
    const [startedAtMs, before] = [performance.now(), this.latencies.count];
    await this.askFor(ms, this.latencies);
    const seconds = (performance.now() - startedAtMs) / 1000;
    this.perSecond.push((this.latencies.count - before) / seconds);
  }

  /** The median over the slices. */
  get requestsPerSecond(): number {
    const sorted = [...this.perSecond].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async askFor(ms: number, latencies: Latencies): Promise<void> {
    const endsAtMs = performance.now() + ms;
    await Promise.all(
      Array.from({ length: this.connections }, async (_, caller) => {
        await pause((this.spreadMs * caller) / this.connections);
        while (performance.now() < endsAtMs) await latencies.time(() => this.ask());
      }),
    );
  }

  private async ask(): Promise<void> {
    const { path, headers, body: sent } = this.request;
    const method = sent === undefined ? 'GET' : 'POST';
    const { statusCode, body } = await this.pool.request({ method, path, headers, body: sent ?? null });
    const text = await body.text();
    if (statusCode !== 200 || text.includes('"isError":true'))
      throw new Error(`${method} ${this.origin}${path} answered ${statusCode}: ${text}`);
    this.requests += 1;
  }
}

/** Until either side's code is compiled as it is in a process that has run for long. */
const defaultWarmUpMs = 2_000;

/** Each load for a while, so that processor time that is looked at from then on is none of the compiler's. */
export async function warmUp(loads: readonly Load[], ms = defaultWarmUpMs): Promise<void> {
  for (const load of loads) await load.warmUp(ms);
}

/** The loads in turn, in slices no longer than `sliceMs`, so that none always has the quieter machine. */
export async function alternate(seconds: number, sliceMs: number, loads: readonly Load[]): Promise<void> {
  const eachMs = (seconds * 1000) / loads.length;
  const rounds = Math.ceil(eachMs / sliceMs);
  for (let round = 0; round < rounds; round += 1) for (const load of loads) await load.slice(eachMs / rounds);
}
