import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { McpEndpoint } from '../endpoint/mcp-endpoint.fixture.js';

type GmailAnswer = (response: ServerResponse, request: IncomingMessage) => void;

let endpoint: McpEndpoint;
let link: string;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  const file = { filename: 'a.bin', mimeType: 'application/zip', body: { size: 9, attachmentId: 'any' } };
  endpoint.gmail.messages.set('m1', { subject: 'File', text: 'See it', files: [file] });
  const { structuredContent } = await endpoint.callTool('get_attachment', { messageId: 'm1', partId: '1' });
  link = new URL(new URL(structuredContent?.url as string).pathname, endpoint.url).href;
});
afterEach(() => endpoint.stop());

/** What Gmail answers to requests for the attachment, in order, the last one again and again. */
function script(...answers: GmailAnswer[]): { asked: number } {
  const script = { asked: 0 };
  endpoint.gmail.override = (request, response) => {
    if (request.url?.includes('/attachments/') !== true) void endpoint.gmail.answerAsUsual(request, response);
    else answers[Math.min(script.asked++, answers.length - 1)]?.(response, request);
  };
  return script;
}

function json(status: number, body: unknown): GmailAnswer {
  return (response) => response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function download(): Promise<IncomingMessage> {
  const [response] = (await once(get(link), 'response')) as [IncomingMessage];
  return response;
}

/** An answer that has no end; tells how much of it went out, and when its connection has closed. */
function endless() {
  const flow = { sentBytes: 0, closed: Promise.resolve() };
  const write = async (response: ServerResponse): Promise<void> => {
    const closed = once(response, 'close').then(() => undefined);
    flow.closed = closed;
    response.write('{"data":"');
    const chunk = 'QUJD'.repeat(16_384);
    while (!response.destroyed) {
      flow.sentBytes += chunk.length;
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
    }
  };
  const answer: GmailAnswer = (response) => void write(response);
  return { flow, answer };
}

describe('a download', () => {
  it('ends its request to Gmail when the client hangs up', async () => {
    const { flow, answer } = endless();
    script(answer);
    const response = await download();
    await once(response, 'data');
    response.destroy();

    await flow.closed;
    expect(response.statusCode).toBe(200);
  });

  it('takes from Gmail no faster than the client takes it', async () => {
    const { flow, answer } = endless();
    script(answer);
    const response = await download();
    let before = -1;
    while (before !== flow.sentBytes) {
      before = flow.sentBytes;
      await pause(300);
    }

    // What fits into the buffers of two connections.
    expect(flow.sentBytes).toBeLessThan(20_000_000);
    response.resume();
    await once(response, 'data');
    response.destroy();
    await flow.closed;
  });

  it('is seen to be cut when Gmail breaks off', async () => {
    script((response) => {
      response.write(`{"data":"${'QUJD'.repeat(1_000)}`);
      setTimeout(() => response.destroy(), 50);
    });

    await expect(buffer(await download())).rejects.toThrow('aborted');
  });

  it('is seen to be cut when what comes is no base64', async () => {
    script((response) => {
      response.write(`{"data":"${'QUJD'.repeat(1_000)}`);
      setTimeout(() => response.end('!!!!"}'), 50);
    });

    await expect(buffer(await download())).rejects.toThrow('aborted');
  });

  it('is tried again while nothing of it was passed on, with another token where Gmail wants one', async () => {
    const usual = json(200, { size: 3, data: 'QUJD' });
    const unauthorized = json(401, { error: { code: 401, status: 'UNAUTHENTICATED' } });
    const script_ = script(json(503, 'later'), unauthorized, usual);
    const response = await download();

    expect((await buffer(response)).toString()).toBe('ABC');
    expect(script_.asked).toBe(3);
    expect(response.headers['content-type']).toBe('application/zip');
  });

  it('is refused in JSON as long as nothing was passed on', async () => {
    script(json(200, '<html>'));
    const response = await download();

    expect(response.statusCode).toBe(503);
    expect(JSON.parse((await buffer(response)).toString())).toMatchObject({
      ...{ errorCode: 'SERVICE_UNAVAILABLE', reason: 'malformedAnswer', requiresReauth: false },
    });
  });

  it('claims no need to sign in that Google did not state', async () => {
    endpoint.broker.failure = new EvergrantError('NETWORK_ERROR');
    const response = await download();

    expect(response.statusCode).toBe(503);
    expect(JSON.parse((await buffer(response)).toString())).toMatchObject({
      ...{ errorCode: 'NETWORK_ERROR', requiresReauth: false },
    });
  });

  it('waits for its turn behind four others of the mailbox', async () => {
    const { flow, answer } = endless();
    const asked = script(answer);
    const four = await Promise.all(Array.from({ length: 4 }, download));
    const fifth = download();
    await pause(200);
    expect(asked.asked).toBe(4);
    for (const each of four) each.destroy();
    const response = await fifth;

    expect(asked.asked).toBe(5);
    response.destroy();
    await flow.closed;
  });
});
