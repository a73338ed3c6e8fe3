import { afterEach, describe, expect, it } from '@jest/globals';
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
