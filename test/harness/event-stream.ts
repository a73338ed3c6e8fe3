import { EventEmitter, once } from 'node:events';

export interface ServerSentEvent {
  type: string;
  id: string;
  data: Record<string, unknown>;
}

/** A client of server-sent events, as far as tests need one. */
export class EventStream {
  readonly seen: ServerSentEvent[] = [];
  readonly ended: Promise<void>;
  private readonly arrivals = new EventEmitter();
  private taken = 0;

  private constructor(
    body: AsyncIterable<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(body).catch(() => undefined);
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    if (response.status !== 200 || !response.body) throw new Error(`HTTP ${response.status}`);
    return new EventStream(response.body, abort);
  }

  /** The next event that was not taken yet; waits ten seconds for it at most. */
  async next(): Promise<ServerSentEvent> {
    while (this.taken >= this.seen.length) {
      await once(this.arrivals, 'event', { signal: AbortSignal.timeout(10_000) });
    }
    return this.seen[this.taken++]!;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (data === undefined) return;
    this.seen.push({
      type: field('event') ?? 'message',
      id: field('id') ?? '',
      data: JSON.parse(data) as Record<string, unknown>,
    });
    this.arrivals.emit('event');
  }
}
