import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type GmailMessage, messageAnswer } from '../client/answers.js';
import { WorkerThreads } from '../threads/worker-threads.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { MessageReader } from './message-reader.js';
import { ReadingMetrics } from './reading-metrics.js';
import { html, multipart, type Part, plain } from './parts.fixture.js';

function messageOf(payload: Part): GmailMessage {
  return messageAnswer.parse({ id: 'm1', threadId: 't1', payload });
}

const newsletter = html('<p>Some <b>news</b></p>'.repeat(50_000));
const newsletterText = Array.from({ length: 50_000 }, () => 'Some news').join('\n\n');

describe('a message', () => {
  const threads = new WorkerThreads(20_000);
  const reader = new MessageReader(threads, new ReadingMetrics(new MetricsRegistry()));
  const long = (name: string): string => `https://click.example/${name}/${'0a1B'.repeat(20)}`;
  afterAll(() => threads.onApplicationShutdown());

  it('has the links of its header behind those of its text', async () => {
    const { headers, ...payload } = html(
      `<a href="${long('read')}">Read</a> <a href="${long('leave')}">Leave</a>`,
    );
    const leave = `<${long('leave')}>, <${long('leave-at-once')}>, <mailto:leave@click.example>`;
    const { listUnsubscribe, body } = await reader.read(
      messageOf({ ...payload, headers: [...(headers ?? []), { name: 'List-Unsubscribe', value: leave }] }),
    );
    expect(body.text).toBe('Read [click.example/read/… link 1] Leave [click.example/leave/… link 2]');
    expect(listUnsubscribe).toBe(
      '[click.example/leave/… link 2], [click.example/leave-at-once/… link 3], <mailto:leave@click.example>',
    );
    expect(body.links.map(({ id, url }) => [id, url])).toEqual([
      [1, long('read')],
      [2, long('leave')],
      [3, long('leave-at-once')],
    ]);
  });

  it('warns of links that name another host, but not of those of its owner', async () => {
    const message = messageOf(html('<a href="https://evil.example">www.bank.example</a>'));
    const warning = expect.stringContaining('www.bank.example opens evil.example');
    expect((await reader.read(message)).warnings).toEqual([warning]);
    expect((await reader.read({ ...message, labelIds: ['SENT'] })).warnings).toEqual([]);
  });
});

describe('a long message', () => {
  let threads: WorkerThreads;
  const reader = (timeLimitMs: number, signal?: AbortSignal): MessageReader => {
    Logger.overrideLogger(false);
    threads = new WorkerThreads(timeLimitMs);
    return new MessageReader(threads, new ReadingMetrics(new MetricsRegistry()), signal);
  };

  afterEach(() => threads.onApplicationShutdown());

  it('is read as any other', async () => {
    const message = messageOf(multipart('alternative', plain('View in a browser'), newsletter));
    await expect(reader(20_000).read(message)).resolves.toMatchObject({
      id: 'm1',
      body: { text: newsletterText, source: 'text/html' },
    });
  });

  it('keeps no other caller waiting', async () => {
    const reading = reader(20_000).read(messageOf(newsletter));
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    await reading.finally(() => clearInterval(turning));
    expect(turns).toBeGreaterThan(10);
  });

  it('that takes too long is given as far as it is plain', async () => {
    const message = messageOf(multipart('alternative', plain('View in a browser'), newsletter));
    const { body } = await reader(1).read(message);
    expect(body.source).toBe('text/plain');
    expect(body.text).toMatch(/^View in a browser\n\n\[The HTML of this message is left out/);
  });

  it('that takes too long leaves its thread to the next one', async () => {
    const one = reader(1);
    await one.read(messageOf(newsletter));
    const { body } = await one.read(messageOf(newsletter));
    expect(body.text).toMatch(/^\[The HTML of this message is left out/);
  });

  it('is given up when its caller aborts', async () => {
    const controller = new AbortController();
    const reason = new Error('the client hung up');
    const reading = reader(20_000, controller.signal).read(messageOf(newsletter));
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });
});
