import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { callTool } from '../scopes/mcp-agent.js';
import { type Backend, emulated } from './backends.js';
import type { EmulatedGoogle } from './emulated-google.js';
import { account, type PutIn, putIn, ticket } from './seeded-mail.js';

const settings = 'https://www.googleapis.com/auth/gmail.settings.basic';

let backend: Backend & { google: EmulatedGoogle };
beforeAll(async () => {
  backend = await emulated({
    toolsets: ['core', 'drafts', 'organize', 'settings'],
    furtherScopes: [settings],
  });
});
afterAll(() => backend.stop());

type Fields = Record<string, unknown>;

async function call<Answer = Fields>(name: string, input: object = {}): Promise<Answer> {
  const { isError, text, structured } = await callTool(backend.instance, name, input);
  if (isError) throw new Error(`${name}: ${text}`);
  return structured as Answer;
}

async function refusal(name: string, input: object): Promise<Fields> {
  return (await callTool(backend.instance, name, input)).error;
}

/** A message as another program finds it in the mailbox. */
interface Kept {
  id: string;
  threadId: string;
  labelIds: string[];
  raw: string;
}

function kept(id: string): Promise<Kept> {
  return backend.google.gmail<Kept>('GET', `messages/${id}?format=raw`);
}

async function written(id: string): Promise<Email> {
  return PostalMime.parse(Buffer.from((await kept(id)).raw, 'base64url'));
}

function mailOf(subject: RegExp): PutIn {
  return putIn.find((mail) => subject.test(mail.subject))!;
}
const [bicycle, books, journey] = [/Fahrrad/, /Five books/, /ticket/].map(mailOf) as [PutIn, PutIn, PutIn];
const [welcome, reply] = putIn.filter(({ subject }) => subject.endsWith('Offsite in autumn?')) as [
  PutIn,
  PutIn,
];

describe('before emulate, which is none of ours, an agent', () => {
  it('sends a mail, with its copies, once', async () => {
    const mail = {
      ...{ to: ['Jörg Müller <joerg@rad.example>'], cc: ['tom@crew.example'], bcc: ['ada@home.example'] },
      ...{ subject: 'Grüße 🚲', body: 'Schönen Dank.\nhttps://rad.example/a?b=c&d=e' },
    };
    const sent = await call<{ id: string }>('send_message', mail);
    expect(sent).toMatchObject({ status: 'sent', recipients: 3 });
    expect(await call('send_message', mail)).toMatchObject({ id: sent.id, earlier: true });
    expect((await kept(sent.id)).labelIds).toContain('SENT');
    const { to, cc, bcc, subject, text, html } = await written(sent.id);
    expect({ to, cc, bcc, subject }).toMatchObject({
      to: [{ name: 'Jörg Müller', address: 'joerg@rad.example' }],
      cc: [{ address: 'tom@crew.example' }],
      bcc: [{ address: 'ada@home.example' }],
      subject: mail.subject,
    });
    expect(text?.trimEnd()).toBe(mail.body);
    expect(html).toContain('https://rad.example/a?b=c&amp;d=e');
  });

  it('answers all within the conversation', async () => {
    const input = { messageId: reply.id, body: 'October, then.', replyAll: true };
    const sent = await call<{ id: string; threadId: string }>('reply_to_message', input);
    expect(sent).toMatchObject({ status: 'sent', threadId: reply.threadId, quoted: true });
    const email = await written(sent.id);
    expect(email).toMatchObject({
      ...{ subject: reply.subject, inReplyTo: reply.messageId, to: [{ address: 'tom@crew.example' }] },
      references: `${welcome.messageId} ${reply.messageId}`,
    });
    expect(email.text).toContain('> The first week of October suits me better.');
  });

  it('forwards a message with its file', async () => {
    const input = { messageId: journey.id, to: ['priya@crew.example'], note: 'For you' };
    const sent = await call<{ id: string }>('forward_message', input);
    const { subject, text, attachments } = await written(sent.id);
    expect(subject).toBe(`Fwd: ${journey.subject}`);
    expect(text).toContain(journey.says[0]);
    expect(attachments).toMatchObject([{ filename: ticket.filename }]);
    expect(Buffer.from(attachments[0]!.content as ArrayBuffer)).toEqual(ticket.content);
  });

  it('writes, lists, reads, changes and deletes a draft, whose id stays', async () => {
    const mail = { to: ['tom@crew.example'], bcc: ['ada@home.example'], subject: 'Plan', body: 'First' };
    const { draftId } = await call<{ draftId: string }>('create_draft', mail);
    expect((await call<{ drafts: Fields[] }>('list_drafts')).drafts).toContainEqual(
      expect.objectContaining({ draftId, to: 'tom@crew.example', subject: 'Plan' }),
    );
    const changed = await call('update_draft', { draftId, body: 'Second', cc: ['priya@crew.example'] });
    expect(changed.draftId).toBe(draftId);
    expect(await call('get_draft', { draftId })).toMatchObject({
      ...{ to: 'tom@crew.example', cc: 'priya@crew.example', bcc: 'ada@home.example', subject: 'Plan' },
      body: { text: 'Second' },
    });
    await call('delete_draft', { draftId });
    for (const tool of ['get_draft', 'delete_draft', 'send_draft'])
      expect(await refusal(tool, { draftId })).toMatchObject({ errorCode: 'NOT_FOUND', field: 'draftId' });
  });

  it('drafts an answer, and sends it as it is', async () => {
    const input = { replyToMessageId: welcome.id, body: 'I come along.' };
    const { draftId } = await call<{ draftId: string }>('create_draft', input);
    const sent = await call<{ id: string }>('send_draft', { draftId });
    expect(sent).toMatchObject({ status: 'sent', threadId: welcome.threadId, recipients: 1 });
    const { labelIds } = await kept(sent.id);
    expect(labelIds).toContain('SENT');
    expect(labelIds).not.toContain('DRAFT');
    expect(await written(sent.id)).toMatchObject({
      ...{ inReplyTo: welcome.messageId, to: [{ address: 'priya@crew.example' }] },
    });
    expect((await call<{ drafts: Fields[] }>('list_drafts')).drafts).toEqual([]);
    expect(await call('send_draft', { draftId })).toEqual({ ...sent, earlier: true });
  });

  it('makes a label, renames it, files with it, and deletes it', async () => {
    const made = await call<{ id: string }>('create_label', { name: 'Räder' });
    expect(await call('create_label', { name: 'räder' })).toEqual({ ...made, created: false });
    expect(await call('update_label', { labelId: 'Räder', name: 'Räder/2026' })).toEqual({
      ...{ id: made.id, name: 'Räder/2026' },
    });
    const change = { addLabelIds: ['Räder/2026'], removeLabelIds: ['UNREAD'] };
    await call('modify_message_labels', { messageId: bicycle.id, ...change });
    expect((await kept(bicycle.id)).labelIds.toSorted()).toEqual(['INBOX', made.id, 'STARRED'].toSorted());
    await call('delete_label', { labelId: made.id });
    expect((await kept(bicycle.id)).labelIds).not.toContain(made.id);
    expect(await refusal('modify_message_labels', { messageId: bicycle.id, ...change })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'addLabelIds' },
    });
  });

  it('files a conversation, all of its messages', async () => {
    await call('modify_thread_labels', { threadId: welcome.threadId, addLabelIds: ['STARRED'] });
    for (const { id } of [welcome, reply]) expect((await kept(id)).labelIds).toContain('STARRED');
  });

  it('files at once what a query finds', async () => {
    const filed = await call('batch_modify_messages', {
      ...{ query: 'in:inbox from:backup', addLabelIds: ['Travel plans'], removeLabelIds: ['INBOX'] },
    });
    expect(filed).toMatchObject({ modified: 25, matched: 25, removedLabelIds: ['INBOX'] });
    expect(
      (await call<{ messages: [] }>('search_messages', { query: 'in:inbox from:backup' })).messages,
    ).toEqual([]);
  });

  it.each<[string, string, object]>([
    ['message', 'message', { messageId: books.id }],
    ['conversation', 'thread', { threadId: books.threadId }],
  ])('throws a %s away and takes it back', async (_what, tool, which) => {
    await call(`trash_${tool}`, which);
    expect((await kept(books.id)).labelIds).toContain('TRASH');
    await call(`untrash_${tool}`, which);
    expect((await kept(books.id)).labelIds).not.toContain('TRASH');
  });

  it('marks spam, and takes it back', async () => {
    await call('mark_spam', { messageId: books.id });
    expect((await kept(books.id)).labelIds).toEqual(expect.arrayContaining(['SPAM']));
    await call('mark_spam', { messageId: books.id, isSpam: false });
    expect((await kept(books.id)).labelIds).toContain('INBOX');
  });
});

/** Where emulate is not as Google's reference says, so that no test above leans on it. Each fails once it is. */
describe('emulate@0.11.2 is not as Google', () => {
  /** The status that it answers a call with. */
  async function status(method: string, path: string, body?: object): Promise<number> {
    const told = await backend.google.gmail(method, path, body).catch((error: unknown) => String(error));
    return typeof told === 'string' ? Number(/HTTP (\d+)/.exec(told)?.[1]) : 200;
  }

  async function newDraft(subject: string): Promise<{ id: string; message: { id: string } }> {
    const raw = Buffer.from(`To: tom@crew.example\r\nSubject: ${subject}\r\n\r\nText\r\n`).toString(
      'base64url',
    );
    return backend.google.gmail('POST', 'drafts', { message: { raw } });
  }

  it.each<[method: string, path: string]>([
    ['GET', 'profile'],
    ['GET', 'settings/vacation'],
    ['PUT', 'settings/vacation'],
    ['GET', 'settings/imap'],
    ['GET', 'settings/pop'],
    ['GET', 'settings/language'],
    ['GET', 'settings/autoForwarding'],
    ['GET', `settings/sendAs/${account}`],
    ['PATCH', `settings/sendAs/${account}`],
  ])('in %s %s, which it has not', async (method, path) => {
    expect(await status(method, path, method === 'GET' ? undefined : {})).toBe(404);
  });

  it.each<[method: string, how: string, google: unknown, emulate: unknown, () => Promise<unknown>]>([
    [
      'drafts.update',
      'keeps the id of the message, where Gmail gives another',
      false,
      true,
      async () => {
        const { id, message } = await newDraft('Kept');
        const raw = Buffer.from('To: tom@crew.example\r\n\r\nOther\r\n').toString('base64url');
        const updated = await backend.google.gmail<{ message: { id: string } }>('PUT', `drafts/${id}`, {
          message: { raw },
        });
        return updated.message.id === message.id;
      },
    ],
    [
      'drafts.list',
      'takes no q',
      0,
      1,
      async () => {
        const { id } = await newDraft('Unsought');
        const query = 'q=subject:nosuchword&maxResults=500';
        const { drafts } = await backend.google.gmail<{ drafts?: { id: string }[] }>(
          'GET',
          `drafts?${query}`,
        );
        return (drafts ?? []).filter((each) => each.id === id).length;
      },
    ],
    [
      'settings.filters.get',
      'does not read a filter that it has made',
      200,
      404,
      async () => {
        const filter = { criteria: { from: 'news@books.example' }, action: { addLabelIds: ['STARRED'] } };
        const { id } = await backend.google.gmail<{ id: string }>('POST', 'settings/filters', filter);
        return status('GET', `settings/filters/${id}`);
      },
    ],
    [
      'messages.send by the upload URI',
      'takes the parts of the upload for the mail itself',
      'Uploaded',
      null,
      async () => {
        const parts = [
          'Content-Type: application/json\r\n\r\n{}',
          'Content-Type: message/rfc822\r\n\r\nTo: tom@crew.example\r\nSubject: Uploaded\r\n\r\nText',
        ];
        const answer = await fetch(
          `${backend.google.variables.GMAIL_API_URL}/upload/gmail/v1/users/me/messages/send?uploadType=multipart`,
          {
            method: 'POST',
            headers: {
              authorization: 'Bearer of-another-program',
              'content-type': 'multipart/related; boundary=b',
            },
            body: [...parts.map((part) => `--b\r\n${part}\r\n`), '--b--'].join(''),
          },
        );
        const { payload } = (await answer.json()) as {
          payload: { headers: { name: string; value: string }[] };
        };
        return payload.headers.find(({ name }) => name === 'Subject')?.value ?? null;
      },
    ],
    [
      'labels.create',
      'answers 400 to a name that is there',
      409,
      400,
      () => status('POST', 'labels', { name: 'Travel plans' }),
    ],
    [
      'labels.create',
      'takes a colour that is none of the palette',
      400,
      200,
      () => {
        const color = { backgroundColor: '#123456', textColor: '#654321' };
        return status('POST', 'labels', { name: 'Coloured', color });
      },
    ],
    [
      'messages.send',
      'takes a mail without a recipient',
      400,
      200,
      () => {
        const raw = Buffer.from('Subject: To none\r\n\r\nText\r\n').toString('base64url');
        return status('POST', 'messages/send', { raw });
      },
    ],
    [
      'messages.send',
      'puts a mail into a thread that is not there',
      404,
      200,
      () => {
        const raw = Buffer.from('To: tom@crew.example\r\n\r\nText\r\n').toString('base64url');
        return status('POST', 'messages/send', { raw, threadId: 'ffffffffffffffff' });
      },
    ],
    [
      'messages.batchModify',
      'takes more than 1,000 ids',
      400,
      200,
      () => {
        const ids = Array.from({ length: 1_001 }, (_, index) =>
          (0x19cc000000000000n + BigInt(index)).toString(16),
        );
        return status('POST', 'messages/batchModify', { ids, addLabelIds: ['STARRED'] });
      },
    ],
  ])('in %s, which %s', async (_method, _how, google, emulate, probe) => {
    expect(google).not.toEqual(emulate);
    expect(await probe()).toEqual(emulate);
  });

  it('in settings that it has not: the tools say so, and ask no person to sign in', async () => {
    for (const tool of ['get_vacation', 'get_imap', 'get_pop', 'get_language', 'get_forwarding'])
      expect(await refusal(tool, {})).toMatchObject({ requiresReauth: false });
  });
});
