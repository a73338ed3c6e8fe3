import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { keptAlive, sendKeptAlive } from './kept-alive.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function later() {
  let answer: (response: Response) => void = () => undefined;
  let fail: (failure: Error) => void = () => undefined;
  const response = new Promise<Response>((resolve, reject) => ([answer, fail] = [resolve, reject]));
  return { response, answer, fail };
}

describe('an answer of the SDK', () => {
  it('is handed on as it is where it comes soon', async () => {
    const given = Response.json({ id: 1 }, { status: 400 });
    expect(await keptAlive(Promise.resolve(given), 'stream')).toBe(given);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['stream', 'text/event-stream', /^(: keepalive\n\n){3}event: message\ndata: \{"id":1\}\n\n$/],
    ['json', 'application/json', /^\n{3}\{"id":1\}$/],
  ] as const)('is preceded by signs of life where it takes long: %s', async (form, mediaType, text) => {
    const { response, answer } = later();
    const kept = keptAlive(response, form);
    await jest.advanceTimersByTimeAsync(10_000);
    const { status, headers, body } = await kept;
    expect([status, headers.get('content-type')]).toEqual([200, mediaType]);
    await jest.advanceTimersByTimeAsync(20_000);
    answer(Response.json({ id: 1 }));
    expect(await new Response(body).text()).toMatch(text);
    await jest.advanceTimersByTimeAsync(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that never comes ends the connection, and nothing goes on', async () => {
    const { response, fail } = later();
    const kept = keptAlive(response, 'json');
    await jest.advanceTimersByTimeAsync(10_000);
    fail(new Error('broken'));
    await expect((await kept).text()).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is waited for no longer once its client has hung up', async () => {
    const kept = keptAlive(later().response, 'stream');
    await jest.advanceTimersByTimeAsync(10_000);
    await (await kept).body?.cancel();
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['before its first sign of life', 0],
    ['when it has begun to show life', 1],
  ])(
    'that is a stream itself is passed on as it comes, and nothing is put into it: %s',
    async (_when, signs) => {
      const { response, answer } = later();
      const kept = keptAlive(response, 'stream');
      await jest.advanceTimersByTimeAsync(signs * 10_000);
      let inner: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({ start: (stream) => void (inner = stream) });
      answer(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
      const text = (await kept).text();
      const write = (part: string) => inner?.enqueue(new TextEncoder().encode(part));
      write('event: message\nda');
      // As long as this its own writer would show life.
      await jest.advanceTimersByTimeAsync(60_000);
      write('ta: {"id":1}\n\n');
      inner?.close();
      await jest.advanceTimersByTimeAsync(0);
      expect(await text).toBe(`${': keepalive\n\n'.repeat(signs)}event: message\ndata: {"id":1}\n\n`);
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  it('that is a stream is given up once its client has hung up', async () => {
    const { response, answer } = later();
    const kept = keptAlive(response, 'stream');
    await jest.advanceTimersByTimeAsync(10_000);
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    answer(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    await jest.advanceTimersByTimeAsync(0);
    await (await kept).body?.cancel();
    await jest.advanceTimersByTimeAsync(0);
    expect(cancelled).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('an answer of the fast path that never comes', () => {
  function replyTo(message: Promise<string>) {
    const raw = { setHeader: () => undefined, writeHead: jest.fn(), write: jest.fn(), destroy: jest.fn() };
    const reply = { sent: false, raw, getHeaders: () => ({}), hijack: () => (reply.sent = true) };
    const forms = { quick: 'json', slow: 'stream' } as const;
    return { raw, sent: sendKeptAlive(reply as unknown as FastifyReply, message, forms) };
  }

  it('is told as any failure is where nothing was sent yet', async () => {
    const { raw, sent } = replyTo(Promise.reject(new Error('broken')));
    await expect(sent).rejects.toThrow('broken');
    expect(raw.destroy).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends the connection where it has begun to show life: none would end it else', async () => {
    let fail: (failure: Error) => void = () => undefined;
    const { raw, sent } = replyTo(new Promise((_resolve, reject) => (fail = reject)));
    await jest.advanceTimersByTimeAsync(10_000);
    fail(new Error('broken'));
    await expect(sent).resolves.toBeUndefined();
    expect(raw.destroy).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
