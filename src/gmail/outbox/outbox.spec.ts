import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { EvergrantError } from '../../errors/index.js';
import { ResilienceModule } from '../../resilience/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import { type ComposedMail, identityHeader } from '../composing/compose-mail.js';
import { GmailClient } from '../gmail-client.js';
import { GmailModule } from '../gmail.module.js';
import type { Outbox } from './outbox.js';
import type { SendPermits } from '../send-permits.js';
import { defaultGmailLimits } from '../client/gmail-options.js';
import { type Answer, answer, GmailServer } from '../client/gmail-server.fixture.js';

const mail: ComposedMail = {
  mime: Buffer.from('To: a@x.example, b@x.example\r\nSubject: ü\r\n\r\n~?'),
  messageId: '<own@example.com>',
};
const sent = { id: 's1', threadId: 't1', labelIds: ['SENT'] };
const outcomeUnknown = { code: 'UNKNOWN_ERROR', reason: 'outcomeUnknown', retryAfterSeconds: undefined };
const noMessages = answer(200, { resultSizeEstimate: 0 });
function list(...ids: string[]) {
  return answer(200, { messages: ids.map((id) => ({ id, threadId: 't1' })) });
}

function message(id: string, identity?: string) {
  return answer(200, {
    id,
    threadId: 't1',
    labelIds: ['SENT'],
    payload: { headers: identity === undefined ? [] : [{ name: identityHeader, value: identity }] },
  });
}

function reset(...[, response]: Parameters<Answer>): void {
  response.destroy();
}

const noScope = answer(403, { error: { code: 403, errors: [{ reason: 'insufficientPermissions' }] } });

/** Ways in which an answer gets lost though the mail may be under way. */
const lostAnswers: [string, Answer][] = [
  ['a reset connection', reset],
  ['silence', () => undefined],
  ['a 500', answer(500, { error: { code: 500 } })],
  ['a 503 in HTML', answer(503, '<html>')],
  ['a 200 that is no JSON', answer(200, '<html>')],
  ['a 200 of another shape', answer(200, { ok: true })],
];

describe('An outbox', () => {
  let server: GmailServer;
  let module: TestingModule;
  let gmail: GmailClient;
  let outbox: Outbox;
  let rejected: (string | undefined)[];
  let reserved: number[];
  let givenBack: number;
  const permits: SendPermits = {
    reserve: async (recipients) => {
      reserved.push(recipients);
      return { giveBack: async () => void (givenBack += 1) };
    },
  };
  const tokens: AccessTokenSource = {
    accessToken: async ({ rejectedToken }) => `token-${rejected.push(rejectedToken)}`,
  };

  beforeEach(async () => {
    rejected = [];
    reserved = [];
    givenBack = 0;
    server = await GmailServer.start();
    const limits = { ...defaultGmailLimits, requestTimeoutMs: 1_500, firstRetryDelayMs: 1 };
    const imports = [ResilienceModule, GmailModule.forRoot({ apiUrl: server.url, limits })];
    module = await Test.createTestingModule({ imports }).compile();
    gmail = module.get(GmailClient);
    outbox = gmail.open(tokens, undefined, { permits }).outbox;
  });

  afterEach(async () => {
    await server.stop();
    await module.close();
  });

  const reads = () =>
    server.requests.map(({ path }) => decodeURIComponent(path.replace('/gmail/v1/users/me/', ''))).slice(1);

  it('sends a mail as base64url, and into its thread', async () => {
    server.script(answer(200, sent));
    await expect(outbox.sendMessage({ ...mail, threadId: 't1' })).resolves.toEqual(sent);
    expect(server.posts).toEqual([
      {
        path: '/gmail/v1/users/me/messages/send',
        body: { raw: mail.mime.toString('base64url'), threadId: 't1' },
      },
    ]);
  });

  it('asks nothing of Gmail when there is no permit for the recipients, or none are given out', async () => {
    const refusal = new EvergrantError('RATE_LIMITED');
    const refused = gmail.open(tokens, undefined, {
      permits: { reserve: () => Promise.reject(refusal) },
    }).outbox;
    await expect(refused.sendMessage(mail)).rejects.toBe(refusal);
    await expect(gmail.open(tokens).outbox.sendMessage(mail)).rejects.toThrow('without permits');
    expect(server.requests).toEqual([]);
  });

  it('needs no permit for a draft', async () => {
    server.script(answer(200, { id: 'r1', message: { id: 'm1', threadId: 't1' } }));
    await expect(gmail.open(tokens).outbox.createDraft(mail)).resolves.toMatchObject({ id: 'r1' });
    expect(reserved).toEqual([]);
  });

  it('wraps the mail of a draft', async () => {
    server.script(answer(200, { id: 'r1', message: { id: 'm1', threadId: 't1' } }));
    await expect(outbox.createDraft(mail)).resolves.toMatchObject({ id: 'r1' });
    expect(server.posts).toEqual([
      { path: '/gmail/v1/users/me/drafts', body: { message: { raw: mail.mime.toString('base64url') } } },
    ]);
  });

  it('sends once more with another token after a 401, which says that nothing was sent', async () => {
    server.script(answer(401, {}), answer(200, sent));
    await expect(outbox.sendMessage(mail)).resolves.toEqual(sent);
    expect(rejected).toEqual([undefined, 'token-1']);
    expect([reserved, givenBack]).toEqual([[2], 0]);
  });

  it('does not go on to send when its caller has hung up meanwhile', async () => {
    const controller = new AbortController();
    server.script((request, response) => {
      controller.abort(new Error('hung up'));
      answer(401, {})(request, response);
    });
    await expect(gmail.open(tokens, controller.signal, { permits }).outbox.sendMessage(mail)).rejects.toThrow(
      'hung up',
    );
    expect(server.posts).toHaveLength(1);
    expect([reserved, givenBack]).toEqual([[2], 1]);
  });

  it('carries what has begun to its end when its caller hangs up', async () => {
    const controller = new AbortController();
    server.script((request, response) => {
      controller.abort(new Error('hung up'));
      answer(200, sent)(request, response);
    });
    await expect(
      gmail.open(tokens, controller.signal, { permits }).outbox.sendMessage(mail),
    ).resolves.toEqual(sent);
  });

  it.each<[string, Answer, string]>([
    ['a rate limit', answer(429, {}, { 'retry-after': '1' }), 'SERVICE_UNAVAILABLE'],
    [
      'a daily limit',
      answer(403, { error: { errors: [{ reason: 'dailyLimitExceeded' }] } }),
      'SERVICE_UNAVAILABLE',
    ],
    ['a mail it dislikes', answer(400, { error: { code: 400 } }), 'VALIDATION_FAILED'],
    ['a missing scope', noScope, 'INSUFFICIENT_SCOPE'],
    ['a mail too large', answer(413, '<html>'), 'PAYLOAD_TOO_LARGE'],
  ])('reports %s as what it is, without a repetition and without a search', async (_case, refusal, code) => {
    server.script(refusal);
    await expect(outbox.sendMessage(mail)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
    expect([reserved, givenBack]).toEqual([[2], 1]);
  });

  it('knows that nothing was sent where no connection was made', async () => {
    await server.stop();
    await expect(outbox.sendMessage(mail)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      reason: 'connectionRefused',
    });
    expect(givenBack).toBe(1);
  });

  describe.each(lostAnswers)('whose answer is lost (%s)', (_case, lost) => {
    it('finds the message by its Message-ID and reports it as sent', async () => {
      server.script(lost, list('s1'), message('s1'));
      await expect(outbox.sendMessage(mail)).resolves.toMatchObject(sent);
      expect(reads()).toEqual([
        'messages?q=in:anywhere+rfc822msgid:own@example.com&includeSpamTrash=true&maxResults=5',
        'messages/s1?format=minimal',
      ]);
      expect(server.posts).toHaveLength(1);
    });

    it('finds it by the header that Gmail leaves alone, where it has another Message-ID', async () => {
      server.script(lost, noMessages, list('s3', 's2', 's1'), message('s3'), message('s2', mail.messageId));
      await expect(outbox.sendMessage(mail)).resolves.toMatchObject({ id: 's2', threadId: 't1' });
      expect(server.posts).toHaveLength(1);
    });

    it('takes no draft of the same Message-ID for the mail', async () => {
      const draft = answer(200, { id: 'd1', threadId: 't1', labelIds: ['DRAFT', 'TRASH'] });
      server.script(lost, list('d1', 's1'), draft, message('s1'));
      await expect(outbox.sendMessage(mail)).resolves.toMatchObject({ id: 's1' });
    });

    it('looks for that header among what was put into the trash since, too', async () => {
      server.script(lost, noMessages, list('s1'), message('s1', mail.messageId));
      await outbox.sendMessage(mail);
      expect(reads()[1]).toBe('messages?labelIds=SENT&includeSpamTrash=true&maxResults=25');
    });

    it('says that the outcome is unknown when it is not there', async () => {
      server.script(lost, noMessages, list('s1'), message('s1', '<other@example.com>'));
      await expect(outbox.sendMessage(mail)).rejects.toMatchObject({
        ...outcomeUnknown,
        message: expect.stringContaining('not among the sent mail'),
      });
      expect(server.posts).toHaveLength(1);
      expect([reserved, givenBack]).toEqual([[2], 0]);
    });

    it('says so when the grant may send and not read', async () => {
      server.script(lost, noScope, noScope);
      await expect(outbox.sendMessage(mail)).rejects.toMatchObject({
        ...outcomeUnknown,
        message: expect.stringContaining('could not be looked into'),
      });
      expect(server.posts).toHaveLength(1);
      expect(server.requests).toHaveLength(3);
    });

    it('says that it is unknown whether a draft was created', async () => {
      server.script(lost);
      const failure: unknown = await outbox.createDraft(mail).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EvergrantError);
      expect(failure).toMatchObject(outcomeUnknown);
      expect(server.requests).toHaveLength(1);
    });
  });

  it('looks through the list where the grant may not search (the metadata scope)', async () => {
    const noSearch = answer(403, { error: { code: 403, errors: [{ reason: 'forbidden' }] } });
    server.script(reset, noSearch, list('s1'), message('s1', mail.messageId));
    await expect(outbox.sendMessage(mail)).resolves.toMatchObject({ id: 's1' });
  });
});
