import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import type { Payload } from './payload.js';

function scope(name: string): string {
  return `https://www.googleapis.com/auth/gmail.${name}`;
}

interface Message {
  id: string;
  threadId: string;
  labelIds: string[];
  snippet: string;
  internalDate: string;
  sizeEstimate: number;
  payload: Payload;
  raw: string;
}
interface MessageList {
  messages?: { id: string; threadId: string }[];
  nextPageToken?: string;
  resultSizeEstimate: number;
}

describe('the Gmail API', () => {
  let sandbox: Sandbox;
  let client: OAuthClient;
  let token: string | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    client = new OAuthClient(sandbox);
    token = (await client.connect()).access_token;
  });
  afterAll(() => sandbox.close());

  const get = async <Answer>(path: string): Promise<Answer> => {
    const response = await client.gmail(token, path);
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  const idOf = async (q: string): Promise<string> => {
    const { messages } = await get<MessageList>(`messages?q=${encodeURIComponent(q)}`);
    return messages?.[0]?.id ?? '';
  };
  const message = async (q: string): Promise<Message> => get(`messages/${await idOf(q)}`);
  const header = ({ payload }: Message, name: string): string | undefined =>
    payload.headers.find((candidate) => candidate.name === name)?.value;
  const decode = (part: Payload | undefined, encoding: BufferEncoding = 'utf8'): string =>
    Buffer.from(part?.body.data ?? '', 'base64url').toString(encoding);

  describe('access', () => {
    it.each([
      ['an unknown token', 'ya29.unknown'],
      ['no token', undefined],
    ])('answers 401 in the JSON of Google for %s', async (_case, bearer) => {
      const response = await client.gmail(bearer, 'profile');
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({
        error: { code: 401, status: 'UNAUTHENTICATED', errors: [{ reason: 'authError', domain: 'global' }] },
      });
    });

    it.each([
      ['profile', 'labels'],
      ['messages', 'send'],
      ['messages/0000000000000000', 'labels'],
      ['threads/0000000000000000', 'compose'],
      ['messages/0000000000000000/attachments/x', 'metadata'],
      ['labels', 'send'],
    ])('answers 403 for %s with only gmail.%s', async (path, name) => {
      const narrow = await client.connect({}, { scope: scope(name) });
      const response = await client.gmail(narrow.access_token, path);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({
        error: {
          status: 'PERMISSION_DENIED',
          errors: [{ reason: 'insufficientPermissions' }],
          details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
        },
      });
    });

    it.each([
      ['alone', scope('metadata')],
      ['beside a wider scope', `${scope('metadata')} ${scope('readonly')}`],
    ])('lets gmail.metadata %s see headers, but neither search nor read bodies', async (_case, scopes) => {
      const { access_token: narrow } = await client.connect({}, { scope: scopes });
      const path = `messages/${await idOf('subject:invoice')}`;
      expect((await client.gmail(narrow, 'messages')).status).toBe(200);
      expect((await client.gmail(narrow, `${path}?format=metadata`)).status).toBe(200);
      for (const refused of ['messages?q=', 'messages?q=invoice', path, `${path}?format=raw`]) {
        const response = await client.gmail(narrow, refused);
        expect(response.status).toBe(403);
        expect(await response.json()).toMatchObject({ error: { errors: [{ reason: 'forbidden' }] } });
      }
    });

    it('answers 404 for what does not exist', async () => {
      for (const path of [
        'messages/none',
        'threads/none',
        `messages/${await idOf('invoice')}/attachments/none`,
      ]) {
        const response = await client.gmail(token, path);
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ error: { errors: [{ reason: 'notFound' }] } });
      }
    });

    it('shows an account only its own mail', async () => {
      const sam = await client.connect({ account: 'sam@sandbox.test' });
      expect((await client.gmail(sam.access_token, `messages/${await idOf('invoice')}`)).status).toBe(404);
      expect(await (await client.gmail(sam.access_token, 'profile')).json()).toMatchObject({
        emailAddress: 'sam@sandbox.test',
      });
    });
  });

  describe('listing', () => {
    it('tells how much there is', async () => {
      expect(await get('profile')).toMatchObject({
        emailAddress: 'demo@sandbox.test',
        messagesTotal: 20,
        threadsTotal: 18,
        historyId: expect.stringMatching(/^\d+$/),
      });
    });

    it('gives ids only, page by page, newest first, each once', async () => {
      const seen: string[] = [];
      let pageToken: string | undefined = '';
      while (pageToken !== undefined) {
        const page: MessageList = await get(
          `messages?maxResults=5${pageToken === '' ? '' : `&pageToken=${pageToken}`}`,
        );
        for (const entry of page.messages ?? []) {
          expect(Object.keys(entry)).toEqual(['id', 'threadId']);
          seen.push(entry.id);
        }
        pageToken = page.nextPageToken;
      }
      expect(new Set(seen).size).toBe(18);
      expect(seen).toHaveLength(18);
      const dates: number[] = [];
      for (const id of seen)
        dates.push(Number((await get<Message>(`messages/${id}?format=minimal`)).internalDate));
      expect(dates).toEqual(dates.toSorted((one, other) => other - one));
    });

    it('leaves `messages` out when nothing is found', async () => {
      expect(await get('messages?q=nosuchword')).toEqual({ resultSizeEstimate: 0 });
    });

    it('narrows by every label that is named', async () => {
      const page = await get<MessageList>('messages?labelIds=INBOX&labelIds=Label_1');
      expect(page.messages).toHaveLength(1);
      expect((await get<MessageList>('messages?labelIds=SPAM')).messages).toHaveLength(1);
    });

    it.each(['maxResults=0', 'maxResults=many', 'pageToken=forged'])('refuses %s', async (query) => {
      const response = await client.gmail(token, `messages?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { status: 'INVALID_ARGUMENT' } });
    });

    it('lists system labels and user labels', async () => {
      const { labels } = await get<{ labels: unknown[] }>('labels');
      expect(labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' });
      expect(labels).toContainEqual({ id: 'Label_1', name: 'Travel plans', type: 'user' });
    });
  });

  describe('reading', () => {
    it('gives UTF-8 text and a decoded subject', async () => {
      const harvest = await message('harvest');
      expect(header(harvest, 'Subject')).toBe('🌱 Harvest dinner on Saturday – bring your appetite');
      expect(decode(harvest.payload)).toContain('tomatoes are ready 🍅');
      expect(harvest.payload).toMatchObject({ partId: '', mimeType: 'text/plain', filename: '' });
      expect(harvest.labelIds).toEqual(['INBOX', 'UNREAD']);
    });

    it('leaves text in its own charset, which the header names', async () => {
      const fahrrad = await message('fahrrad');
      expect(header(fahrrad, 'Content-Type')).toBe('text/plain; charset=iso-8859-1');
      expect(decode(fahrrad.payload, 'latin1')).toContain('Öffnungszeiten');
      expect(decode(fahrrad.payload)).not.toContain('Öffnungszeiten');
    });

    it('gives a large text as an attachmentId without data', async () => {
      const report = await message('subject:backup');
      expect(report.payload.body.data).toBeUndefined();
      const attachment = await get<{ size: number; data: string }>(
        `messages/${report.id}/attachments/${report.payload.body.attachmentId ?? ''}`,
      );
      expect(attachment.size).toBe(report.payload.body.size);
      expect(Buffer.from(attachment.data, 'base64url').toString()).toContain('All blocks verified.');
    });

    it('gives the tree of a nested multipart with the part ids of Gmail', async () => {
      const { payload } = await message('layout');
      const outline = (part: Payload): unknown => [
        part.partId,
        part.mimeType,
        ...(part.parts ?? []).map(outline),
      ];
      expect(outline(payload)).toEqual([
        '',
        'multipart/mixed',
        [
          '0',
          'multipart/alternative',
          ['0.0', 'text/plain'],
          ['0.1', 'multipart/related', ['0.1.0', 'text/html'], ['0.1.1', 'image/png']],
        ],
        ['1', 'application/json'],
      ]);
    });

    it('gives attachments by ids that differ between reads and all stay valid', async () => {
      const [first, second] = [await message('protokoll'), await message('protokoll')];
      const parts = [first.payload.parts?.[1], second.payload.parts?.[1]];
      expect(parts[0]?.filename).toBe('Übersicht – Quartal.pdf');
      expect(parts[0]?.body.attachmentId).not.toBe(parts[1]?.body.attachmentId);
      for (const part of parts) {
        const { data } = await get<{ data: string }>(
          `messages/${first.id}/attachments/${part?.body.attachmentId ?? ''}`,
        );
        expect(Buffer.from(data, 'base64url').subarray(0, 5).toString()).toBe('%PDF-');
      }
    });

    it('gives the raw MIME form, which a parser reads', async () => {
      const { raw } = await get<Message>(`messages/${await idOf('protokoll')}?format=raw`);
      const parsed = await PostalMime.parse(Buffer.from(raw, 'base64url'));
      expect(parsed.subject).toBe('Protokoll und Übersicht');
      expect(parsed.attachments.map(({ filename }) => filename)).toEqual([
        'Übersicht – Quartal.pdf',
        '議事録.bin',
      ]);
    });

    it('gives only the headers that were asked for as metadata', async () => {
      const id = await idOf('subject:invoice');
      const metadata = await get<Message>(
        `messages/${id}?format=metadata&metadataHeaders=subject&metadataHeaders=From`,
      );
      expect(metadata.payload).toEqual({
        mimeType: 'multipart/mixed',
        headers: [
          { name: 'Subject', value: 'Invoice 40917' },
          { name: 'From', value: 'Billing <billing@power.example>' },
        ],
      });
      expect((await get<Message>(`messages/${id}?format=metadata`)).payload.headers.length).toBeGreaterThan(
        4,
      );
    });

    it('gives no payload at all as minimal', async () => {
      const minimal = await get<Message>(`messages/${await idOf('subject:invoice')}?format=minimal`);
      expect(minimal).not.toHaveProperty('payload');
      expect(minimal.sizeEstimate).toBeGreaterThan(300);
    });

    it('escapes the snippet for HTML', async () => {
      expect((await message('maintenance mode')).snippet).toContain('&quot;invoice&quot;');
    });

    it('refuses a format that does not exist', async () => {
      const response = await client.gmail(token, `messages/${await idOf('invoice')}?format=everything`);
      expect(response.status).toBe(400);
    });

    it('gives a thread in the order of its messages, joined by References', async () => {
      const { threadId } = await message('waffles');
      const thread = await get<{ id: string; messages: Message[] }>(`threads/${threadId}`);
      expect(thread.id).toBe(threadId);
      expect(thread.messages.map((reply) => header(reply, 'Subject'))).toEqual([
        'Offsite next month?',
        'Re: Offsite next month?',
        'Re: Offsite next month?',
      ]);
      expect(header(thread.messages[2]!, 'References')).toBe(
        '<offsite-1@team.example> <offsite-2@team.example>',
      );
    });
  });
});
