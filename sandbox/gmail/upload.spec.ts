import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import type { GmailReference } from './account-client.fixture.js';

const mail = 'To: alex@sandbox.test\r\nSubject: Uploaded\r\nMessage-ID: <up@x.example>\r\n\r\nGrüße';
const kib256 = 256 * 1024;

describe("the Gmail API's upload URI", () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let token = '';

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    const scope = 'https://www.googleapis.com/auth/gmail.modify';
    token =
      (await new OAuthClient(sandbox).connect({ account: 'demo@sandbox.test' }, { scope })).access_token ??
      '';
  });
  afterAll(() => sandbox.close());

  const post = (path: string, headers: Record<string, string>, body: string | Buffer): Promise<Response> =>
    fetch(`${sandbox.endpoints.gmailApiUrl}/upload/gmail/v1/users/me/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body,
    });
  const related = (metadata: object, media = mail): [Record<string, string>, string] => [
    { 'content-type': 'multipart/related; boundary="b1"' },
    [
      '--b1\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n' + JSON.stringify(metadata),
      `--b1\r\nContent-Type: message/rfc822\r\n\r\n${media}`,
      '--b1--',
    ].join('\r\n'),
  ];
  const begun = async (total: number, metadata = '{}'): Promise<string> => {
    const response = await post(
      'messages/send?uploadType=resumable',
      {
        'content-type': 'application/json; charset=UTF-8',
        'x-upload-content-type': 'message/rfc822',
        'x-upload-content-length': String(total),
      },
      metadata,
    );
    expect([response.status, await response.text()]).toEqual([200, '']);
    return response.headers.get('location') ?? '';
  };
  const put = (url: string, body: Buffer, range?: string): Promise<Response> =>
    fetch(url, { method: 'PUT', body, ...(range !== undefined && { headers: { 'content-range': range } }) });

  it('sends mail as it is', async () => {
    await control.clearLedger();
    const response = await post('messages/send?uploadType=media', { 'content-type': 'message/rfc822' }, mail);
    expect(await response.json()).toMatchObject({ labelIds: ['SENT'] });
    const [sent] = await control.outbox();
    expect(sent).toMatchObject({ subject: 'Uploaded', givenMessageId: '<up@x.example>' });
    expect((await control.sentMime(sent!.sequence)).toString()).toBe(mail);
  });

  it('sends mail beside the thread that it belongs to, and keeps drafts', async () => {
    const asked = await control.deliver('demo@sandbox.test', {
      from: 'alex@sandbox.test',
      subject: 'Boats?',
      messageId: '<boats@sandbox.test>',
      body: { contentType: 'text/plain', text: 'Which?' },
    });
    const reply = `In-Reply-To: <boats@sandbox.test>\r\n${mail.replace('Uploaded', 'Re: Boats?')}`;
    const sent = await post(
      'messages/send?uploadType=multipart',
      ...related({ threadId: asked.threadId }, reply),
    );
    expect(((await sent.json()) as GmailReference).threadId).toBe(asked.threadId);
    const draft = await post(
      'drafts?uploadType=multipart',
      ...related({ message: { threadId: asked.threadId } }, reply),
    );
    expect(await draft.json()).toMatchObject({
      id: expect.stringMatching(/^r\d+$/) as unknown,
      message: { threadId: asked.threadId, labelIds: ['DRAFT'] },
    });
    const unknown = await post(
      'messages/send?uploadType=multipart',
      ...related({ threadId: '0000000000000000' }),
    );
    expect(unknown.status).toBe(404);
  });

  it('takes a mail in pieces, tells how far it is, and goes on from there', async () => {
    const whole = Buffer.from(`${mail}${'x'.repeat(kib256)}`);
    const url = await begun(whole.length);
    expect((await put(url, Buffer.alloc(0), `bytes */${whole.length}`)).headers.get('range')).toBeNull();
    const first = await put(url, whole.subarray(0, kib256), `bytes 0-${kib256 - 1}/${whole.length}`);
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${kib256 - 1}`]);
    const asked = await put(url, Buffer.alloc(0), `bytes */${whole.length}`);
    expect([asked.status, asked.headers.get('range')]).toEqual([308, `bytes=0-${kib256 - 1}`]);
    await control.clearLedger();
    const last = await put(
      url,
      whole.subarray(kib256),
      `bytes ${kib256}-${whole.length - 1}/${whole.length}`,
    );
    expect(await last.json()).toMatchObject({ labelIds: ['SENT'] });
    const [sent] = await control.outbox();
    expect((await control.sentMime(sent!.sequence)).equals(whole)).toBe(true);
    expect((await put(url, whole)).status).toBe(404);
  });

  it('takes it in one piece as well, and refuses pieces that do not fit', async () => {
    expect((await put(await begun(mail.length), Buffer.from(mail))).status).toBe(200);
    const url = await begun(kib256 * 3);
    for (const [piece, range] of [
      [Buffer.alloc(100), `bytes 0-99/${kib256 * 3}`],
      [Buffer.alloc(kib256), `bytes ${kib256}-${2 * kib256 - 1}/${kib256 * 3}`],
      [Buffer.alloc(kib256), `bytes 0-99/${kib256 * 3}`],
      [Buffer.alloc(kib256), 'pieces 0-1'],
    ] as const)
      expect([range, (await put(url, piece, range)).status]).toEqual([range, 400]);
  });

  it('forgets what was begun a week ago', async () => {
    const url = await begun(mail.length);
    await control.advanceClock(7 * 86_400);
    expect((await put(url, Buffer.from(mail))).status).toBe(404);
    const scope = 'https://www.googleapis.com/auth/gmail.modify';
    token =
      (await new OAuthClient(sandbox).connect({ account: 'demo@sandbox.test' }, { scope })).access_token ??
      '';
  });

  it('takes 35 MB and no more', async () => {
    const large = (bytes: number) => Buffer.concat([Buffer.from(`${mail}\r\n`), Buffer.alloc(bytes, 'x')]);
    const headers = { 'content-type': 'message/rfc822' };
    const room = 36_700_160 - Buffer.byteLength(`${mail}\r\n`);
    expect((await post('messages/send?uploadType=media', headers, large(room))).status).toBe(200);
    const refused = await post('messages/send?uploadType=media', headers, large(room + 1));
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { error: { code: 413, errors: [{ reason: 'uploadTooLarge' }] } },
    ]);
    const announced = await post(
      'messages/send?uploadType=resumable',
      { 'x-upload-content-type': 'message/rfc822', 'x-upload-content-length': '36700161' },
      '',
    );
    expect(announced.status).toBe(413);
  });

  it.each([
    ['messages/send', { 'content-type': 'message/rfc822' }, mail],
    ['messages/send?uploadType=media', { 'content-type': 'text/plain' }, mail],
    ['messages/send?uploadType=media', { 'content-type': 'message/rfc822' }, ''],
    ['messages/send?uploadType=multipart', { 'content-type': 'multipart/related' }, mail],
    ['messages/send?uploadType=multipart', { 'content-type': 'multipart/related; boundary=b1' }, mail],
    ['messages/send?uploadType=resumable', { 'x-upload-content-type': 'text/plain' }, ''],
  ])('refuses %s with %j', async (path, headers, body) => {
    expect((await post(path, headers as Record<string, string>, body)).status).toBe(400);
  });

  it('needs the scopes of the methods themselves', async () => {
    const scope = 'https://www.googleapis.com/auth/gmail.readonly';
    const { access_token: reader } = await new OAuthClient(sandbox).connect({}, { scope });
    for (const path of ['messages/send', 'drafts']) {
      const headers = { 'content-type': 'message/rfc822', authorization: `Bearer ${reader}` };
      expect((await post(`${path}?uploadType=media`, headers, mail)).status).toBe(403);
    }
  });
});
