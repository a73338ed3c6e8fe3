import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import type { Payload } from './payload.js';

function scope(name: string): string {
  return `https://www.googleapis.com/auth/gmail.${name}`;
}

const me = 'demo@sandbox.test';
const alex = 'alex@sandbox.test';

interface Reference {
  id: string;
  threadId: string;
  labelIds?: string[];
}
interface Message extends Reference {
  payload: Payload;
}

describe('writing with the Gmail API', () => {
  let sandbox: Sandbox;
  let client: OAuthClient;
  const tokens = new Map<string, string | undefined>();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    client = new OAuthClient(sandbox);
    for (const account of [me, alex]) {
      const grant = await client.connect({ account }, { scope: scope('modify') });
      tokens.set(account, grant.access_token);
    }
  });
  afterAll(() => sandbox.close());

  const call = async <Answer>(path: string, body?: unknown, account = me): Promise<Answer> => {
    const response = await client.gmail(tokens.get(account), path, body);
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  const search = async (q: string, account = me): Promise<Reference[]> =>
    (await call<{ messages?: Reference[] }>(`messages?q=${encodeURIComponent(q)}`, undefined, account))
      .messages ?? [];
  const newest = async (q: string, account = me): Promise<Message> =>
    call(`messages/${(await search(q, account))[0]?.id ?? ''}`, undefined, account);
  const header = ({ payload }: Message, name: string): string | undefined =>
    payload.headers.find((candidate) => candidate.name === name)?.value;
  const raw = (...lines: string[]): string => Buffer.from(lines.join('\r\n')).toString('base64url');
  const refusal = async (path: string, body: unknown): Promise<unknown> => {
    const response = await client.gmail(tokens.get(me), path, body);
    const { error } = (await response.json()) as { error: { code: number; message: string } };
    expect(error.code).toBe(response.status);
    return error;
  };

  describe('access', () => {
    it.each([
      ['messages/0000000000000000/modify', ['readonly', 'compose', 'labels']],
      ['drafts', ['readonly', 'send', 'insert']],
      ['messages/send', ['readonly', 'insert', 'metadata']],
    ])('to %s is refused with 403 under other scopes', async (path, names) => {
      for (const name of names) {
        const { access_token: narrow } = await client.connect({}, { scope: scope(name) });
        const response = await client.gmail(narrow, path, {});
        expect(response.status).toBe(403);
        expect(await response.json()).toMatchObject({
          error: { errors: [{ reason: 'insufficientPermissions' }] },
        });
      }
    });

    it('lets gmail.send send, and gmail.compose draft, without reading', async () => {
      const { access_token: sender } = await client.connect({}, { scope: scope('send') });
      const { access_token: composer } = await client.connect({}, { scope: scope('compose') });
      const mail = raw(`To: ${alex}`, 'Subject: scopes', '', 'x');
      expect((await client.gmail(sender, 'messages/send', { raw: mail })).status).toBe(200);
      expect((await client.gmail(composer, 'drafts', { message: { raw: mail } })).status).toBe(200);
      expect((await client.gmail(sender, 'messages')).status).toBe(403);
      expect((await client.gmail(composer, 'messages')).status).toBe(403);
    });
  });

  describe('modify', () => {
    it('adds and removes labels, which searches then see', async () => {
      const { id } = await newest('subject:invoice');
      const change = {
        addLabelIds: ['Label_1', 'STARRED'],
        removeLabelIds: ['INBOX', 'IMPORTANT', 'CATEGORY_UPDATES'],
      };
      const answer = await call<Reference>(`messages/${id}/modify`, change);
      expect(Object.keys(answer)).toEqual(['id', 'threadId', 'labelIds']);
      expect(answer.labelIds?.toSorted()).toEqual(['Label_1', 'STARRED']);
      expect((await search('label:travel-plans invoice')).map((found) => found.id)).toEqual([id]);
      expect(await search('in:inbox subject:invoice')).toEqual([]);
    });

    it('says nothing of labels when none are left', async () => {
      const { id, labelIds } = await newest('subject:invoice');
      expect(await call(`messages/${id}/modify`, { removeLabelIds: labelIds })).not.toHaveProperty(
        'labelIds',
      );
    });

    it.each([
      [{}, 'No label add or removes specified'],
      [{ addLabelIds: ['Label_9'] }, 'labelId not found'],
      [{ removeLabelIds: ['SENT'] }, 'Invalid label: SENT'],
      [{ addLabelIds: ['INBOX'], removeLabelIds: ['INBOX'] }, 'Cannot both add and remove the same label'],
      [{ labels: [] }, 'Invalid JSON payload received. Unknown name "labels": Cannot find field.'],
    ])('refuses %j', async (body, message) => {
      const { id } = await newest('harvest');
      expect(await refusal(`messages/${id}/modify`, body)).toMatchObject({
        code: 400,
        status: 'INVALID_ARGUMENT',
        message,
      });
    });

    it('answers 404 for a message that does not exist', async () => {
      expect(await refusal('messages/0000000000000000/modify', { addLabelIds: ['INBOX'] })).toMatchObject({
        code: 404,
      });
    });
  });

  describe('send', () => {
    it('files the mail among the sent, and brings it to accounts of the sandbox without hidden recipients', async () => {
      const sent = await call<Reference>('messages/send', {
        raw: raw(
          `From: ${me}`,
          'To: =?utf-8?Q?J=C3=B6rg=2C_A?= <joerg@elsewhere.example>',
          `Bcc: ${alex}`,
          'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
          'Message-ID: <own@example.com>',
          'X-Own: yes',
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Schöne Grüße',
        ),
      });
      expect(sent.labelIds).toEqual(['SENT']);
      const [mine, theirs] = [await newest('in:sent schöne'), await newest('in:inbox schöne', alex)];
      expect(mine.id).toBe(sent.id);
      for (const copy of [mine, theirs]) {
        expect(header(copy, 'Subject')).toBe('Grüße');
        expect(header(copy, 'X-Own')).toBe('yes');
        expect(header(copy, 'To')).toContain('Jörg, A');
        expect(Buffer.from(copy.payload.body.data ?? '', 'base64url').toString()).toContain('Schöne Grüße');
      }
      expect([header(mine, 'Bcc'), header(theirs, 'Bcc')]).toEqual([alex, undefined]);
      expect(theirs.labelIds).toEqual(['INBOX', 'UNREAD']);
    });

    it('replaces the Message-ID, as Gmail does', async () => {
      expect(await search('in:sent rfc822msgid:own@example.com')).toEqual([]);
      const [mine, theirs] = [await newest('in:sent schöne'), await newest('in:inbox schöne', alex)];
      expect(header(mine, 'Message-ID')).toMatch(/^<[0-9a-f]{16}@mail\.sandbox\.test>$/);
      expect(header(theirs, 'Message-ID')).toBe(header(mine, 'Message-ID'));
    });

    it('is from the account, whatever the mail says', async () => {
      const mail = raw('From: Boss <boss@elsewhere.example>', `To: ${alex}`, 'Subject: forged', '', 'x');
      await call('messages/send', { raw: mail });
      expect(header(await newest('subject:forged', alex), 'From')).toBe(me);
    });

    it('shows one copy of a mail to oneself', async () => {
      const { labelIds } = await call<Reference>('messages/send', {
        raw: raw(`To: ${me}`, 'Subject: note to myself', '', 'x'),
      });
      expect(labelIds).toEqual(expect.arrayContaining(['SENT', 'INBOX']));
      expect(await search('subject:"note to myself"')).toHaveLength(1);
    });

    it('puts a reply into the thread at both ends, if thread, references and subject fit', async () => {
      const control = new SandboxControl(sandbox.controlUrl);
      const question = {
        from: alex,
        subject: 'Boats?',
        messageId: '<boats@sandbox.test>',
        body: { contentType: 'text/plain', text: 'Which?' },
      } as const;
      const asked = await control.deliver(me, question);
      await control.deliver(alex, { ...question, labelIds: ['SENT'] });
      const reply = (subject: string, ...more: string[]) =>
        raw(`To: ${alex}`, `Subject: ${subject}`, ...more, '', 'Blue');
      const references = ['In-Reply-To: <boats@sandbox.test>', 'References: <boats@sandbox.test>'];

      const right = { raw: reply('Re: Boats?', ...references), threadId: asked.threadId };
      expect((await call<Reference>('messages/send', right)).threadId).toBe(asked.threadId);
      for (const wrong of [
        { ...right, raw: reply('Re: Boats?') },
        { ...right, raw: reply('Blue', ...references) },
      ])
        expect((await call<Reference>('messages/send', wrong)).threadId).not.toBe(asked.threadId);
      const [theirs] = await search('subject:boats in:sent', alex);
      const thread = await call<{ messages: Message[] }>(
        `threads/${theirs?.threadId ?? ''}`,
        undefined,
        alex,
      );
      expect(thread.messages.map((each) => header(each, 'Subject'))).toEqual(['Boats?', 'Re: Boats?']);
    });

    it.each([
      [{}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"],
      [{ raw: 'no base64!' }, 'Invalid value for ByteString'],
      [{ raw: raw('Subject: no recipient', '', 'x') }, 'Recipient address required'],
      [{ raw: raw('To: no-address', '', 'x') }, 'Invalid To header'],
      [{ raw: raw(`To: ${alex}`, '', 'x'), threadId: 'no thread' }, 'Invalid thread_id value'],
      [{ raw: raw(`To: ${alex}`, '', 'x'), thread: 't' }, expect.stringContaining('Unknown name "thread"')],
      ['{', expect.stringContaining('Invalid JSON payload')],
    ])('refuses %j', async (body, message) => {
      expect(await refusal('messages/send', body)).toMatchObject({ code: 400, message });
    });

    it('answers 404 for a thread that does not exist', async () => {
      const body = { raw: raw(`To: ${alex}`, '', 'x'), threadId: '0000000000000000' };
      expect(await refusal('messages/send', body)).toMatchObject({ code: 404 });
    });
  });

  describe('drafts', () => {
    it('keeps a draft with its Message-ID, and sends nothing', async () => {
      const { id, message } = await call<{ id: string; message: Reference }>('drafts', {
        message: {
          raw: raw(`To: ${alex}`, 'Subject: unfinished', 'Message-ID: <draft@example.com>', '', 'x'),
        },
      });
      expect(id).toMatch(/^r\d+$/);
      expect(message.labelIds).toEqual(['DRAFT']);
      expect((await search('in:draft rfc822msgid:draft@example.com')).map((found) => found.id)).toEqual([
        message.id,
      ]);
      expect(await search('subject:unfinished', alex)).toEqual([]);
    });

    it('needs a message, but no recipient', async () => {
      expect(await refusal('drafts', {})).toMatchObject({ code: 400 });
      await call('drafts', { message: { raw: raw('Subject: no recipient yet', '', 'x') } });
    });
  });
});
