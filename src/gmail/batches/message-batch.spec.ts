import { beforeEach, describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { MessageBatch } from './message-batch.js';

let asked: string[];
beforeEach(() => {
  asked = [];
});

interface Message {
  id: string;
}

function message(id: string): Message {
  return { id };
}

function batch(thread: (id: string) => Promise<string[]>): MessageBatch<Message> {
  return new MessageBatch<Message>(
    {
      message: async (id) => {
        asked.push(`message ${id}`);
        return message(id);
      },
      thread: async (id) => {
        asked.push(`thread ${id}`);
        return { messages: (await thread(id)).map(message) };
      },
      complete: async ({ id }) => void asked.push(`complete ${id}`),
    },
    (id) => (id.startsWith('t') ? 't' : undefined),
  );
}

const ids = ['t1', 't2', 'm1', 't3'];
function readAll(of: MessageBatch<Message>): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await of.read(id)).id));
}

describe('A batch of messages', () => {
  it('takes those of one thread from it, which is asked for once', async () => {
    expect(await readAll(batch(async () => ['t1', 't2', 't3', 't4']))).toEqual(ids);
    expect(asked.toSorted()).toEqual(['complete t1', 'complete t2', 'complete t3', 'message m1', 'thread t']);
  });

  it('asks for no thread before one of its messages is wanted', async () => {
    await batch(async () => []).read('m1');
    expect(asked).toEqual(['message m1']);
  });

  it('reads by itself what its thread does not hold', async () => {
    expect(await readAll(batch(async () => ['t1', 't2']))).toEqual(ids);
    expect(asked.filter((each) => each.startsWith('message'))).toEqual(['message m1', 'message t3']);
  });

  it.each([
    ['is gone', new EvergrantError('NOT_FOUND')],
    ['is too long', new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'answerTooLarge' })],
  ])('reads all by themselves when the thread %s', async (_what, failure) => {
    const gone = batch(() => Promise.reject(failure));
    expect(await readAll(gone)).toEqual(ids);
    expect(asked.filter((each) => each.startsWith('thread'))).toHaveLength(1);
  });

  it('fails for the messages of a thread that is refused, and for no others', async () => {
    const refused = batch(() => Promise.reject(new EvergrantError('RATE_LIMITED')));
    const outcomes = await Promise.allSettled(ids.map((id) => refused.read(id)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
  });
});
