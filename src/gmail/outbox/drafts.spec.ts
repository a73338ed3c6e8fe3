import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { ResilienceModule } from '../../resilience/index.js';
import { defaultGmailLimits } from '../client/gmail-options.js';
import { type Answer, answer, GmailServer } from '../client/gmail-server.fixture.js';
import { GmailClient } from '../gmail-client.js';
import { GmailModule } from '../gmail.module.js';
import type { Drafts } from './drafts.js';

const mime = Buffer.from('To: a@x.example\r\nSubject: \u00fc\r\n\r\n~?');
function none(...[, response]: Parameters<Answer>): void {
  response.writeHead(204).end();
}
function lost(...[, response]: Parameters<Answer>): void {
  response.destroy();
}
const updated = { id: 'r1', message: { id: 'm2', threadId: 't1', labelIds: ['DRAFT'] } };

describe('The drafts of a mailbox', () => {
  let server: GmailServer;
  let module: TestingModule;
  let drafts: Drafts;
  beforeEach(async () => {
    server = await GmailServer.start();
    const limits = { ...defaultGmailLimits, requestTimeoutMs: 1_500, firstRetryDelayMs: 1 };
    const imports = [ResilienceModule, GmailModule.forRoot({ apiUrl: server.url, limits })];
    module = await Test.createTestingModule({ imports }).compile();
    drafts = module.get(GmailClient).open({ accessToken: async () => 'token' }).drafts;
  });
  afterEach(async () => {
    await server.stop();
    await module.close();
  });
  const paths = () => server.requests.map(({ path }) => path.replace('/gmail/v1/users/me/', ''));

  it('come as the bytes that would leave', async () => {
    const message = { id: 'm1', threadId: 't1', raw: mime.toString('base64url') };
    server.script(answer(200, { id: 'r1', message }));
    await expect(drafts.raw('r1')).resolves.toEqual({
      draftId: 'r1',
      messageId: 'm1',
      threadId: 't1',
      mime,
    });
    expect(paths()).toEqual(['drafts/r1?format=raw']);
  });

  it('are replaced again where the answer was lost, which changes nothing more', async () => {
    server.script(lost, answer(200, updated));
    await expect(drafts.replace('r1', { mime, threadId: 't1' })).resolves.toEqual(updated);
    expect(paths()).toEqual(['drafts/r1', 'drafts/r1']);
  });

  it.each([
    ['204', none],
    ['200 without content', answer(200, '')],
  ])('are deleted with %s', async (_what, success) => {
    server.script(success);
    await expect(drafts.delete('r1')).resolves.toBeUndefined();
  });

  it('that were deleted by an attempt whose answer was lost are not there any more', async () => {
    server.script(lost, answer(404, { error: { code: 404 } }));
    await expect(drafts.delete('r1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are never taken for none because an answer was empty', async () => {
    server.script(none);
    await expect(drafts.list({ maxResults: 10 })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it.each(['../messages/m1', 'r1?x', '', 'r1/send'])('lead nowhere else by the id %j', async (id) => {
    await expect(drafts.delete(id)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'draftId' });
    expect(server.requests).toEqual([]);
  });
});
