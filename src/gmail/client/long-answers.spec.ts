import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { ResilienceModule } from '../../resilience/index.js';
import { GmailClient } from '../gmail-client.js';
import { GmailModule } from '../gmail.module.js';
import { defaultGmailLimits } from './gmail-options.js';
import { answer, GmailServer } from './gmail-server.fixture.js';
import type { Mailbox } from './mailbox.js';

const data = Buffer.from('Ünïcode '.repeat(200_000)).toString('base64url');
const message = {
  id: 'm1',
  threadId: 't1',
  snippet: 'Ünïcode',
  payload: { mimeType: 'text/plain', body: { size: 1, data } },
};

describe('an answer of megabytes', () => {
  let server: GmailServer;
  let module: TestingModule;

  const mailbox = async (threadTimeoutMs = 20_000): Promise<Mailbox> => {
    const limits = { ...defaultGmailLimits, threadTimeoutMs };
    const imports = [ResilienceModule, GmailModule.forRoot({ apiUrl: server.url, limits })];
    module = await Test.createTestingModule({ imports }).compile();
    return module.get(GmailClient).open({ accessToken: async () => 'token' }).mailbox;
  };
  const read = async (it: Mailbox) => it.getMessage('m1', { format: 'full' });

  beforeEach(async () => {
    server = await GmailServer.start();
  });
  afterEach(async () => {
    await server.stop();
    await module.close();
  });

  it('is parsed as any other', async () => {
    server.script(answer(200, message));
    await expect(read(await mailbox())).resolves.toMatchObject(message);
  });

  it('that is no JSON is malformed', async () => {
    server.script(answer(200, JSON.stringify(message).slice(0, -1)));
    await expect(read(await mailbox())).rejects.toMatchObject({ reason: 'malformedAnswer' });
  });

  it('that takes too long to parse is too large, and is not asked for again', async () => {
    server.script(answer(200, message));
    await expect(read(await mailbox(1))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: 'answerTooLarge',
    });
    expect(server.requests).toHaveLength(1);
  });
});
