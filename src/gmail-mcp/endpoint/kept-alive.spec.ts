import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keptAlive } from './kept-alive.js';

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
});
