import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { EvergrantError } from '../../errors/index.js';
import { ResilienceModule } from '../../resilience/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import { GmailClient } from '../gmail-client.js';
import { GmailModule } from '../gmail.module.js';
import type { Mailbox } from './mailbox.js';
import { defaultGmailLimits, type GmailLimits } from './gmail-options.js';
import { type Answer, answer, GmailServer } from './gmail-server.fixture.js';

const limits: GmailLimits = {
  ...defaultGmailLimits,
  requestTimeoutMs: 1_500,
  retryBudgetMs: 5_000,
  firstRetryDelayMs: 1,
  maxResponseBytes: 10_000,
};
const profile = { emailAddress: 'ada@example.com', messagesTotal: 1, threadsTotal: 1, historyId: '7' };
const unauthorized = answer(401, { error: { code: 401, status: 'UNAUTHENTICATED', message: 'Invalid' } });

/** Hands out numbered tokens and remembers which ones were named as rejected. */
class NumberedTokens implements AccessTokenSource {
  readonly rejected: (string | undefined)[] = [];

  async accessToken({ rejectedToken }: { rejectedToken?: string } = {}): Promise<string> {
    this.rejected.push(rejectedToken);
    return `secret-token-${this.rejected.length}`;
  }
}

function gmailModule(apiUrl: string): Promise<TestingModule> {
  const imports = [ResilienceModule, GmailModule.forRoot({ apiUrl, limits })];
  return Test.createTestingModule({ imports }).compile();
}

async function failure(call: Promise<unknown>): Promise<EvergrantError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EvergrantError)) throw new Error('expected an EvergrantError', { cause: error });
  return error;
}

describe('A mailbox', () => {
  let server: GmailServer;
  let module: TestingModule;
  let gmail: GmailClient;
  let mailbox: Mailbox;
  let tokens: NumberedTokens;

  beforeEach(async () => {
    server = await GmailServer.start();
    module = await gmailModule(server.url);
    gmail = module.get(GmailClient);
    tokens = new NumberedTokens();
    mailbox = gmail.open(tokens).mailbox;
  });

  afterEach(async () => {
    await server.stop();
    await module.close();
  });

  describe('asks Gmail', () => {
    it.each([
      ['in:spam', true],
      ['prize in:TRASH', true],
      ['{in:spam is:unread}', true],
      ['(label:spam)', true],
      ['in:"anywhere" from:ada', true],
      ['-in:spam prize', false],
      ['-(in:trash)', false],
      ['in:inbox', false],
      ['in:spammers', false],
      ['within:spam', false],
      ['spam', false],
    ])('for spam and trash where the query names them: %s', async (query, isAsked) => {
      for (const list of ['listMessages', 'listThreads'] as const) {
        server.script(answer(200, {}));
        await mailbox[list]({ query });
      }
      for (const { path } of server.requests)
        expect(new URL(path, server.url).searchParams.has('includeSpamTrash')).toBe(isAsked);
    });

    it('for a list, with query, page and labels encoded', async () => {
      server.script(answer(200, { messages: [{ id: 'a1', threadId: 't1' }], nextPageToken: 'n' }));
      const query = {
        query: 'from:ada & "x"',
        maxResults: 5,
        pageToken: 'p/1',
        labelIds: ['INBOX', 'UNREAD'],
      };
      await expect(mailbox.listMessages(query)).resolves.toEqual({
        messages: [{ id: 'a1', threadId: 't1' }],
        nextPageToken: 'n',
      });
      expect(server.requests).toEqual([
        {
          path: '/gmail/v1/users/me/messages?labelIds=INBOX&labelIds=UNREAD&q=from%3Aada+%26+%22x%22&maxResults=5&pageToken=p%2F1',
          authorization: 'Bearer secret-token-1',
        },
      ]);
    });

    it('for an empty list, which Gmail answers without a messages field', async () => {
      server.script(answer(200, { resultSizeEstimate: 0 }));
      await expect(mailbox.listMessages()).resolves.toEqual({ messages: [], resultSizeEstimate: 0 });
    });

    it("for a message's headers only", async () => {
      server.script(answer(200, { id: 'm1', threadId: 't1' }));
      await mailbox.getMessage('m1', { format: 'metadata', metadataHeaders: ['From', 'Subject'] });
      expect(server.requests[0]?.path).toBe(
        '/gmail/v1/users/me/messages/m1?format=metadata&metadataHeaders=From&metadataHeaders=Subject',
      );
    });

    it("for an attachment's bytes", async () => {
      server.script(answer(200, { size: 3, data: '__79' }));
      await expect(mailbox.getAttachment('m1', 'ANGjdJ-_1')).resolves.toEqual(
        Buffer.from([0xff, 0xfe, 0xfd]),
      );
    });

    it('for the data of a large text part, which a full message comes without', async () => {
      const part = { mimeType: 'text/plain', body: { attachmentId: 'big', size: 5 } };
      const file = { mimeType: 'text/plain', filename: 'a.txt', body: { attachmentId: 'file', size: 5 } };
      const payload = { mimeType: 'multipart/mixed', parts: [part, file] };
      server.script(
        answer(200, { id: 'm1', threadId: 't1', payload }),
        answer(200, { size: 5, data: 'aGVsbG8' }),
      );
      const message = await mailbox.getMessage('m1', { format: 'full' });
      expect(message.payload?.parts.map(({ body }) => body.data)).toEqual(['aGVsbG8', undefined]);
      expect(server.requests.map(({ path }) => path)).toEqual([
        '/gmail/v1/users/me/messages/m1?format=full',
        '/gmail/v1/users/me/messages/m1/attachments/big',
      ]);
    });

    it('for a thread, whose large texts it fetches one by one when they are wanted', async () => {
      const body = { attachmentId: 'big', size: 5 };
      const messages = [{ id: 'm1', threadId: 't1', payload: { mimeType: 'text/plain', body } }];
      server.script(answer(200, { id: 't1', messages }), answer(200, { size: 5, data: 'aGVsbG8' }));
      const thread = await mailbox.getThread('t1', { format: 'full' });
      expect(server.requests.map(({ path }) => path)).toEqual(['/gmail/v1/users/me/threads/t1?format=full']);
      await mailbox.completeText(thread.messages[0]!);
      expect(thread.messages[0]?.payload?.body.data).toBe('aGVsbG8');
    });

    it('for the labels, and takes one of a new type for a label of the user', async () => {
      server.script(
        answer(200, {
          labels: [
            { id: 'INBOX', name: 'INBOX', type: 'system', messageListVisibility: 'hide' },
            { id: 'Label_1', name: 'Travel' },
          ],
        }),
      );
      await expect(mailbox.listLabels()).resolves.toEqual([
        { id: 'INBOX', name: 'INBOX', type: 'system' },
        { id: 'Label_1', name: 'Travel', type: 'user' },
      ]);
    });

    it('to change labels, and again when that failed, since twice is the same as once', async () => {
      server.script(answer(503, {}), answer(200, { id: 'm1', threadId: 't1' }));
      const changes = { addLabelIds: ['STARRED'], removeLabelIds: ['INBOX'] };
      await expect(mailbox.modifyMessage('m1', changes)).resolves.toEqual({
        id: 'm1',
        threadId: 't1',
        labelIds: [],
      });
      const post = { path: '/gmail/v1/users/me/messages/m1/modify', body: changes };
      expect(server.posts).toEqual([post, post]);
    });

    it('over kept-alive connections', async () => {
      server.script(answer(200, profile));
      for (let call = 0; call < 10; call += 1) await mailbox.getProfile();
      expect(server.requests).toHaveLength(10);
      // undici may open a second one while the first is being handed back.
      expect(server.sockets.size).toBeLessThanOrEqual(2);
    });

    it('nothing more once the application has shut down', async () => {
      server.script(answer(200, profile));
      const application = await gmailModule(server.url);
      await application.close();
      const error = await failure(application.get(GmailClient).open(tokens).mailbox.getProfile());
      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(server.requests).toEqual([]);
    });

    it.each(['..', 'a/b', 'a?b', ''])('nothing for the id "%s", which could lead elsewhere', async (id) => {
      const error = await failure(mailbox.getMessage(id, { format: 'full' }));
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', field: 'messageId' });
      expect(server.requests).toEqual([]);
    });
  });

  describe('when Gmail answers 401', () => {
    it('asks once for another token, naming the rejected one, and calls again', async () => {
      server.script(unauthorized, answer(200, profile));
      await expect(mailbox.getProfile()).resolves.toEqual(profile);
      expect(tokens.rejected).toEqual([undefined, 'secret-token-1']);
      expect(server.requests.map(({ authorization }) => authorization)).toEqual([
        'Bearer secret-token-1',
        'Bearer secret-token-2',
      ]);
    });

    it('twice, says that Gmail is unavailable and never that a person must sign in', async () => {
      server.script(unauthorized);
      const error = await failure(mailbox.getProfile());
      expect(error).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        reason: 'gmail_unauthorized',
        requiresReauth: false,
      });
      expect(server.requests).toHaveLength(2);
    });

    it('passes on what the token source says', async () => {
      server.script(unauthorized);
      const dead = new EvergrantError('INVALID_REFRESH_TOKEN');
      const source: AccessTokenSource = {
        accessToken: async ({ rejectedToken }) => {
          if (rejectedToken === undefined) return 'first';
          throw dead;
        },
      };
      await expect(gmail.open(source).mailbox.getProfile()).rejects.toBe(dead);
    });
  });

  describe('retries', () => {
    it.each<[string, Answer]>([
      ['a 500', answer(500, { error: { message: 'Backend Error' } })],
      ['a 503 in HTML', answer(503, '<html>busy</html>')],
      ['a rate limit that ends in time', answer(429, { error: { message: 'slow' } }, { 'retry-after': '1' })],
      ['a reset connection', (_request, response) => response.destroy()],
    ])('%s', async (_name, fault) => {
      server.script(fault, answer(200, profile));
      await expect(mailbox.getProfile()).resolves.toEqual(profile);
      expect(server.requests).toHaveLength(2);
    });

    it('at most twice', async () => {
      server.script(answer(502, 'Bad Gateway'));
      expect(await failure(mailbox.getProfile())).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(server.requests).toHaveLength(3);
    });

    it('not when told to come back after the budget', async () => {
      server.script(answer(503, {}, { 'retry-after': '60' }));
      expect(await failure(mailbox.getProfile())).toMatchObject({ retryAfterSeconds: 60 });
      expect(server.requests).toHaveLength(1);
    });

    it('no verdict', async () => {
      server.script(answer(403, { error: { errors: [{ reason: 'domainPolicy' }] } }));
      expect(await failure(mailbox.getProfile())).toMatchObject({ code: 'ADMIN_BLOCKED' });
      expect(server.requests).toHaveLength(1);
    });
  });

  describe('reports', () => {
    it('a connection that is always reset as a network error', async () => {
      server.script((_request, response) => response.destroy());
      expect(await failure(mailbox.getProfile())).toMatchObject({
        code: 'NETWORK_ERROR',
        retryAfterSeconds: 5,
      });
    });

    it('an answer that breaks off as a network error', async () => {
      server.script((_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"emailAddress":');
        response.socket?.end();
      });
      expect(await failure(mailbox.getProfile())).toMatchObject({ code: 'NETWORK_ERROR' });
    });

    it('a refused connection as unavailable', async () => {
      await server.stop();
      expect(await failure(mailbox.getProfile())).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        reason: 'connectionRefused',
      });
    });

    it.each<[string, Answer]>([
      ['never begins', () => undefined],
      ['never ends', (_request, response) => response.writeHead(200).write('{')],
    ])('an answer that %s as a deadline, once', async (_name, hang) => {
      server.script(hang);
      expect(await failure(mailbox.getProfile())).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        reason: 'deadlineExceeded',
      });
      expect(server.requests).toHaveLength(1);
    });

    it.each<[string, Answer]>([
      ['HTML', answer(200, '<html>Sign in to the Wi-Fi</html>')],
      ['JSON of another shape', answer(200, { emailAddress: 7 })],
      ['an empty body', answer(200, '')],
      ['a redirect', answer(302, '', { location: 'http://127.0.0.1:1/' })],
    ])('%s as a malformed answer', async (_name, malformed) => {
      server.script(malformed);
      expect(await failure(mailbox.getProfile())).toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
        reason: 'malformedAnswer',
      });
    });

    it('an answer beyond the limit as too large', async () => {
      server.script(answer(200, { ...profile, padding: 'x'.repeat(limits.maxResponseBytes) }));
      expect(await failure(mailbox.getProfile())).toMatchObject({ reason: 'answerTooLarge' });
    });

    it("nothing of Gmail's text and no token", async () => {
      const canary = 'canary-of-google';
      server.script(
        answer(400, { error: { message: canary, errors: [{ reason: canary, message: canary }] } }),
      );
      const error = await failure(mailbox.getProfile());
      const rendered = JSON.stringify({
        reason: error.reason,
        field: error.field,
        message: error.message,
        stack: error.stack,
        cause: error.cause,
      });
      expect(rendered).not.toContain(canary);
      expect(rendered).not.toContain('secret-token');
    });
  });

  describe('when its caller aborts', () => {
    it('passes on the abort while Gmail is silent', async () => {
      const controller = new AbortController();
      const reason = new Error('the client hung up');
      server.script(() => controller.abort(reason));
      await expect(gmail.open(tokens, controller.signal).mailbox.getProfile()).rejects.toBe(reason);
    });

    it('passes on the abort at once while it waits for a retry', async () => {
      const controller = new AbortController();
      const reason = new Error('the client hung up');
      server.script((request, response) => {
        answer(503, {}, { 'retry-after': '4' })(request, response);
        void setImmediate().then(() => controller.abort(reason));
      });
      await expect(gmail.open(tokens, controller.signal).mailbox.getProfile()).rejects.toBe(reason);
      expect(server.requests).toHaveLength(1);
    });

    it('asks nothing when it was aborted before', async () => {
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(gmail.open(tokens, signal).mailbox.getProfile()).rejects.toThrow('too late');
      expect(server.requests).toEqual([]);
    });
  });
});
