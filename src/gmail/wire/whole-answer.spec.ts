import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent } from 'undici';
import { GmailServer } from '../client/gmail-server.fixture.js';
import { wholeAnswer } from './whole-answer.js';

let gmail: GmailServer;
let agent: Agent;
let client: AbortController;
beforeEach(async () => {
  gmail = await GmailServer.start();
  agent = new Agent({ connections: 1 });
  client = new AbortController();
});
afterEach(async () => {
  await agent.destroy();
  await gmail.stop();
});

function ask(path: string) {
  return wholeAnswer(agent, { origin: gmail.url, path, method: 'GET' }, client.signal);
}

/** What is asked next is not answered until the test does. */
function held(): Promise<ServerResponse> {
  return new Promise((resolve) => gmail.script((_request, response) => resolve(response)));
}

describe('a whole answer', () => {
  it('is one of many pieces, behind all interim ones', async () => {
    const response = held();
    const answer = ask('/a');
    const writer = await response;
    writer.writeEarlyHints({ link: '</style.css>; rel=preload' });
    writer.writeHead(404, { 'retry-after': '7' });
    for (const piece of ['not ', 'found ', 'here']) {
      await new Promise((resolve) => writer.write(piece, resolve));
    }
    writer.end();

    const { statusCode, headers, bytes } = await answer;
    expect([statusCode, headers['retry-after']]).toEqual([404, '7']);
    expect(Buffer.from(bytes).toString()).toBe('not found here');
  });

  it('fails when the connection breaks in it', async () => {
    const response = held();
    const answer = ask('/a');
    const writer = await response;
    writer.writeHead(200, { 'content-length': '10' }).write('half');
    writer.destroy();
    await expect(answer).rejects.toThrow();
  });

  it("ends with its client, for the client's reason, and its connection with it", async () => {
    const response = held();
    const answer = ask('/a');
    const writer = await response;
    writer.writeHead(200).write('half');
    const closed = once(writer, 'close');
    const reason = new Error('hung up');
    client.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await closed;
  });

  it('is not asked for when its client is gone before there is a connection', async () => {
    const response = held();
    const first = wholeAnswer(
      agent,
      { origin: gmail.url, path: '/first', method: 'GET' },
      new AbortController().signal,
    );
    const writer = await response;
    const second = ask('/second');
    client.abort(new Error('hung up'));
    await expect(second).rejects.toThrow('hung up');
    writer.end();
    await first;
    gmail.script((_request, next) => void next.end());
    await wholeAnswer(
      agent,
      { origin: gmail.url, path: '/third', method: 'GET' },
      new AbortController().signal,
    );

    expect(gmail.requests.map(({ path }) => path)).toEqual(['/first', '/third']);
    await expect(ask('/fourth')).rejects.toThrow('hung up');
    expect(gmail.requests).toHaveLength(2);
  });
});
