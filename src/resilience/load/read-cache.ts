import { LRUCache } from 'lru-cache';
import { SingleFlight } from './single-flight.js';

const maximumAgeMs = 60_000;

interface ReadCacheOptions<Value> {
  capacity: number;
  /** A monotonic clock. */
  nowMs: () => number;
  /** What is read and not kept is read anew by the next call. */
  keeps?: (value: Value) => boolean;
  onKept?: (value: Value, key: string) => void;
  onGone?: (value: Value, key: string) => void;
}

/**
 * What was read from the database, for a minute at most. Calls for the same key at once share one read; what is
 * forgotten while it is read is not kept. Finding nothing is not remembered.
 */
export class ReadCache<Value extends object> {
  private readonly values: LRUCache<string, Value>;
  private readonly reads = new SingleFlight<Value | null>();
  private forgettings = 0;

  constructor(private readonly options: ReadCacheOptions<Value>) {
    this.values = new LRUCache({
      max: options.capacity,
      ttl: maximumAgeMs,
      ttlResolution: 0,
      perf: { now: options.nowMs },
      dispose: (value, key) => options.onGone?.(value, key),
    });
  }

  async get(key: string, read: () => Promise<Value | null>): Promise<Value | null> {
    // What began to be read before something was forgotten may not be shared with those who ask after it.
    return this.values.get(key) ?? this.reads.run(`${this.forgettings} ${key}`, () => this.read(key, read));
  }

  /** What is in memory, and only that. */
  peek(key: string): Value | undefined {
    return this.values.get(key);
  }

  forget(key: string): void {
    this.forgettings += 1;
    this.values.delete(key);
  }

  /** Keeps nothing of what is being read now. */
  forgetReads(): void {
    this.forgettings += 1;
  }

  forgetIf(condition: (value: Value) => boolean): void {
    this.forgettings += 1;
    for (const [key, value] of this.values.entries()) if (condition(value)) this.values.delete(key);
  }

  private async read(key: string, read: () => Promise<Value | null>): Promise<Value | null> {
    const before = this.forgettings;
    const value = await read();
    if (value !== null && this.forgettings === before) this.keep(key, value);
    return value;
  }

  private keep(key: string, value: Value): void {
    const { keeps = () => true, onKept } = this.options;
    if (!keeps(value)) return;
    this.values.set(key, value);
    onKept?.(value, key);
  }
}
