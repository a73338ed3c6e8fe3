import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { Latencies } from './latencies.js';
import { cpuSeconds } from './process-metrics.js';

/** A request that is made again and again: a POST if it has a body, else a GET. */
export interface RepeatedRequest {
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface LoadOptions {
  /** How many callers there are, each on a connection of its own. */
  connections: number;
  /** Over so long they begin one after the other, in milliseconds. */
  spreadMs?: number;
  /** The process tells by `/metrics` what it has used. */
  tellsProcessorTime?: boolean;
}

/** One request, made again and again over kept-alive connections. */
export class Load {
  readonly latencies = new Latencies();
  /** All that were answered, warm-up included. */
  requests = 0;
  private readonly perSecond: number[] = [];
  private readonly processorMicroseconds: number[] = [];
  private readonly pool: Pool;

  constructor(
    private readonly origin: string,
    private readonly request: RepeatedRequest,
    private readonly options: LoadOptions,
  ) {
    this.pool = new Pool(origin, { connections: options.connections });
  }

  /** Asks for so long, and keeps nothing of it. Throws when an answer is no success. */
  async warmUp(ms: number): Promise<void> {
    await this.askFor(ms, new Latencies());
  }

  /** Asks for so long, over all connections at once. Throws when an answer is no success. */
  async slice(ms: number): Promise<void> {
    const usedBefore = await this.processorSeconds();
    const [startedAtMs, before] = [performance.now(), this.latencies.count];
    await this.askFor(ms, this.latencies);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const answered = this.latencies.count - before;
    this.perSecond.push(answered / seconds);
    this.processorMicroseconds.push((((await this.processorSeconds()) - usedBefore) / answered) * 1e6);
  }

  /** The median over the slices. */
  get requestsPerSecond(): number {
    return median(this.perSecond);
  }

  /** What the process used while it was asked, for each request: the median over the slices. */
  get processorMicrosecondsOfRequest(): number {
    return median(this.processorMicroseconds);
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async askFor(ms: number, latencies: Latencies): Promise<void> {
    const endsAtMs = performance.now() + ms;
    const { connections, spreadMs = 0 } = this.options;
    await Promise.all(
      Array.from({ length: connections }, async (_, caller) => {
        await pause((spreadMs * caller) / connections);
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

  private async processorSeconds(): Promise<number> {
    return this.options.tellsProcessorTime === true ? cpuSeconds(this.origin) : 0;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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
