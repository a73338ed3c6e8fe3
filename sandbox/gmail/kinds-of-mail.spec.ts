import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import type { MailInput } from '../mail/mail.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import type { Payload } from './payload.js';

interface Message {
  id: string;
  internalDate: string;
  snippet: string;
  payload: Payload;
  raw: string;
}

describe('mail of all kinds', () => {
  let sandbox: Sandbox;
  let client: OAuthClient;
  let token: string | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    client = new OAuthClient(sandbox);
    token = (await client.connect({ account: 'sam@sandbox.test' })).access_token;
  });
  afterAll(() => sandbox.close());

  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await client.gmail(token, path)).json()) as Answer;
  const delivered = async (body: MailInput['body'], subject = 'x'): Promise<Message> => {
    const control = new SandboxControl(sandbox.controlUrl);
    const { id } = await control.deliver('sam@sandbox.test', { from: 'a@b.example', subject, body });
    return get(`messages/${id}`);
  };
  const attachment = async ({ id }: Message, part: Payload | undefined): Promise<string> => {
    const { data } = await get<{ data: string }>(
      `messages/${id}/attachments/${part?.body.attachmentId ?? ''}`,
    );
    return Buffer.from(data, 'base64url').toString();
  };
  const rawOf = async ({ id }: Message): Promise<Buffer> =>
    Buffer.from((await get<Message>(`messages/${id}?format=raw`)).raw, 'base64url');
  const headerOf = (part: Payload | undefined, name: string): string | undefined =>
    part?.headers.find((header) => header.name === name)?.value;

  const price: MailInput['body'] = {
    contentType: 'message/rfc822',
    mail: {
      from: 'Cy <cy@other.example>',
      subject: 'Grüße: the price',
      date: '2026-01-04T09:00:00Z',
      body: {
        contentType: 'multipart/mixed',
        parts: [
          { contentType: 'text/plain', text: 'The price is 40 from Monday.' },
          { contentType: 'text/csv', fileName: 'prices.csv', contentBase64: btoa('boat;40') },
        ],
      },
    },
  };

  it('gives an attached mail as a file to fetch and as parts with headers of their own', async () => {
    const message = await delivered({
      contentType: 'multipart/mixed',
      parts: [{ contentType: 'text/plain', text: 'Is this right?' }, price],
    });
    const enclosed = message.payload.parts?.[1];
    expect(enclosed).toMatchObject({ partId: '1', mimeType: 'message/rfc822', filename: '' });
    expect(headerOf(enclosed, 'Content-Disposition')).toBe('attachment');
    const [inner] = enclosed?.parts ?? [];
    expect(inner).toMatchObject({ partId: '1.0', mimeType: 'multipart/mixed' });
    expect(headerOf(inner, 'Subject')).toBe('Grüße: the price');
    expect(inner?.parts?.map(({ partId, mimeType }) => [partId, mimeType])).toEqual([
      ['1.0.0', 'text/plain'],
      ['1.0.1', 'text/csv'],
    ]);
    expect(await attachment(message, inner?.parts?.[1])).toBe('boat;40');

    const parsed = await PostalMime.parse(await attachment(message, enclosed));
    expect(parsed).toMatchObject({ subject: 'Grüße: the price', date: '2026-01-04T09:00:00.000Z' });
    expect(enclosed?.body.size).toBe((await attachment(message, enclosed)).length);
    expect(message.snippet).toBe('Is this right?');
  });

  it('writes an attached mail, and one in that, so that a MIME parser finds them', async () => {
    const twice: MailInput['body'] = {
      contentType: 'multipart/mixed',
      parts: [
        { contentType: 'text/plain', text: 'Outer' },
        {
          contentType: 'message/rfc822',
          fileName: 'middle.eml',
          mail: {
            from: 'm@b.example',
            subject: 'Middle',
            date: '2026-01-05T09:00:00Z',
            body: {
              contentType: 'multipart/mixed',
              parts: [{ contentType: 'text/plain', text: 'In between' }, price],
            },
          },
        },
      ],
    };
    const options = { forceRfc822Attachments: true };
    const outer = await PostalMime.parse(await rawOf(await delivered(twice)), options);
    expect(outer.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['middle.eml', 'message/rfc822'],
    ]);
    const middle = await PostalMime.parse(outer.attachments[0]!.content, options);
    expect([middle.subject, middle.text?.trim()]).toEqual(['Middle', 'In between']);
    const inner = await PostalMime.parse(middle.attachments[0]!.content, options);
    expect([inner.subject, inner.text?.trim()]).toEqual(['Grüße: the price', 'The price is 40 from Monday.']);
  });

  it('gives an invitation with its method, to be fetched apart', async () => {
    const text = 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n';
    const message = await delivered({ contentType: 'text/calendar', method: 'CANCEL', text });
    expect(message.payload).toMatchObject({ partId: '', mimeType: 'text/calendar', filename: '' });
    expect(headerOf(message.payload, 'Content-Type')).toBe('text/calendar; charset=utf-8; method=CANCEL');
    expect(message.payload.body.data).toBeUndefined();
    expect(await attachment(message, message.payload)).toBe(text);
    expect((await PostalMime.parse(await rawOf(message))).attachments).toMatchObject([{ method: 'CANCEL' }]);
  });

  it.each([
    ['windows-1251', 'Привет'],
    ['koi8-r', 'Привет'],
    ['shift_jis', 'こんにちは'],
    ['gb18030', '你好'],
    ['euc-kr', '안녕하세요'],
    ['windows-1252', 'Grüße – 5 €'],
  ])('gives a text in %s by its own bytes, which a reader of that charset reads', async (charset, text) => {
    const message = await delivered({ contentType: 'text/plain', charset, text });
    expect(headerOf(message.payload, 'Content-Type')).toBe(`text/plain; charset=${charset}`);
    const bytes = Buffer.from(message.payload.body.data ?? '', 'base64url');
    expect(new TextDecoder(charset).decode(bytes)).toBe(text);
    expect(bytes.toString()).not.toBe(text);
    expect(message.snippet).toBe(text);
    expect((await PostalMime.parse(await rawOf(message))).text?.trim()).toBe(text);
  });

  it('gives bytes as they are, whatever charset the header claims', async () => {
    const bytes = Buffer.from('zażółć');
    const textBase64 = bytes.toString('base64');
    const message = await delivered({ contentType: 'text/html', charset: 'x-none', textBase64 });
    expect(headerOf(message.payload, 'Content-Type')).toBe('text/html; charset=x-none');
    expect(Buffer.from(message.payload.body.data ?? '', 'base64url')).toEqual(bytes);
    expect((await rawOf(message)).toString('latin1')).toContain('za=C5=BC=C3=B3=C5=82=C4=87');
  });

  it('refuses a text in a charset that it cannot write', async () => {
    await expect(
      delivered({ contentType: 'text/plain', charset: 'iso-2022-jp', text: 'こんにちは' }),
    ).rejects.toThrow(/charset/);
  });

  it('gives a text with a file name as a file', async () => {
    const message = await delivered({ contentType: 'text/plain', fileName: 'notes.txt', text: 'Notes' });
    expect(message.payload).toMatchObject({ mimeType: 'text/plain', filename: 'notes.txt' });
    expect(await attachment(message, message.payload)).toBe('Notes');
  });

  it('is of the last weeks, whenever the sandbox starts', async () => {
    const control = new SandboxControl(sandbox.controlUrl);
    await control.advanceClock(400 * 86_400);
    const { access_token: demo } = await client.connect();
    const answer = await client.gmail(demo, 'messages?q=newer_than:1m&includeSpamTrash=true');
    expect(((await answer.json()) as { messages: unknown[] }).messages).toHaveLength(20);
    const week = await client.gmail(demo, 'messages?q=newer_than:7d');
    expect(((await week.json()) as { messages: unknown[] }).messages.length).toBeGreaterThan(7);
    const future = await client.gmail(
      demo,
      `messages?q=after:${(Date.now() / 1000 + 400 * 86_400 + 60) | 0}`,
    );
    expect(await future.json()).toEqual({ resultSizeEstimate: 0 });
  });
});
