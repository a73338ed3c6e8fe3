import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../src/gmail/index.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' });
  instance = await connected();
});
afterAll(() => app.stop());

async function connected(): Promise<CreatedInstance> {
  const made = await app.createInstance({ scopes: [gmailScopes.modify], toolsets: ['core', 'drafts'] });
  await app.connect(made.id, { account: 'demo@sandbox.test' });
  return made;
}

interface Slot {
  attachment: string;
  url: string;
}

async function slot(sizeBytes: number, filename = 'Übersicht.bin', of = instance): Promise<Slot> {
  const { structured } = await callTool(of, 'create_attachment_upload', { filename, sizeBytes });
  const { attachment, url } = structured as unknown as Slot;
  return { attachment, url: app.url + new URL(url).pathname };
}

interface Put {
  status: number;
  range: string | null;
  body: Record<string, unknown>;
}

async function put(url: string, body: Buffer, headers: Record<string, string> = {}): Promise<Put> {
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(body), headers, redirect: 'manual' });
  const text = await answer.text();
  return {
    status: answer.status,
    range: answer.headers.get('range'),
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

function part(bytes: Buffer, first: number, end: number): [Buffer, Record<string, string>] {
  return [bytes.subarray(first, end), { 'content-range': `bytes ${first}-${end - 1}/${bytes.length}` }];
}

function ask(size: number): [Buffer, Record<string, string>] {
  return [Buffer.alloc(0), { 'content-range': `bytes */${size}` }];
}
function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a file that is uploaded', () => {
  it('goes along with a draft, byte for byte, under its name, whatever type the client calls it', async () => {
    const bytes = randomBytes(1_300_000);
    const { attachment, url } = await slot(bytes.length);
    const uploaded = await put(url, bytes, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(uploaded).toMatchObject({ status: 200, body: { sizeBytes: bytes.length, sha256: sha256(bytes) } });

    const mail = { to: ['sam@sandbox.test'], subject: 'File', body: 'Here', attachments: [attachment] };
    const { structured } = await callTool(instance, 'create_draft', mail);
    const sent = await callTool(instance, 'get_attachment', { messageId: structured.messageId, partId: '1' });
    expect(sent.structured).toMatchObject({ filename: 'Übersicht.bin', sizeBytes: bytes.length });
    const download = await fetch(app.url + new URL(sent.structured.url as string).pathname);
    expect(sha256(Buffer.from(await download.arrayBuffer()))).toBe(sha256(bytes));
  });

  it('comes in parts, and goes on where it broke off', async () => {
    const bytes = randomBytes(1_000_000);
    const { url } = await slot(bytes.length);
    expect(await put(url, ...ask(bytes.length))).toMatchObject({ status: 308, range: null });
    expect(await put(url, ...part(bytes, 0, 600_000))).toMatchObject({
      status: 308,
      range: 'bytes=0-599999',
    });
    // What does not follow is told how far it is, and stores nothing.
    expect(await put(url, ...part(bytes, 700_000, 800_000))).toMatchObject({ range: 'bytes=0-599999' });
    expect(await put(url, ...ask(bytes.length))).toMatchObject({ status: 308, range: 'bytes=0-599999' });
    const end = await put(url, ...part(bytes, 600_000, bytes.length));
    expect(end).toMatchObject({ status: 200, body: { sha256: sha256(bytes) } });
    expect(await put(url, bytes)).toEqual(end);
  });

  it('is stored once though two requests bring the same part at once', async () => {
    const bytes = randomBytes(900_000);
    const { url } = await slot(bytes.length);
    await Promise.all([1, 2, 3].map(() => put(url, ...part(bytes, 0, 600_000))));
    const end = await put(url, ...part(bytes, 600_000, bytes.length));
    expect(end).toMatchObject({ status: 200, body: { sha256: sha256(bytes) } });
  });

  it.each<[string, Record<string, string>, string]>([
    ['more than was announced', {}, 'Content-Length'],
    ['another size', { 'content-range': 'bytes 0-10/11' }, 'Content-Range'],
    ['a range that its length does not have', { 'content-range': 'bytes 0-4/10' }, 'Content-Length'],
  ])('is refused with %s', async (_what, headers, field) => {
    const { url } = await slot(10);
    expect(await put(url, Buffer.alloc(11), headers)).toMatchObject({
      ...{ status: 400, body: { errorCode: 'VALIDATION_FAILED', field } },
    });
  });

  it('is not sent before it is whole', async () => {
    const { attachment, url } = await slot(10);
    await put(url, ...part(Buffer.alloc(10), 0, 5));
    const { error } = await callTool(instance, 'create_draft', { body: 'a', attachments: [attachment] });
    expect(error).toMatchObject({ errorCode: 'VALIDATION_FAILED', reason: 'upload_incomplete' });
  });

  it('lies in the database sealed, name and bytes', async () => {
    const secret = 'the quick brown fox jumps'.repeat(10);
    const { url } = await slot(secret.length, 'salaries.xlsx');
    await put(url, Buffer.from(secret));
    const stored = JSON.stringify([
      await app.dataSource.query('SELECT * FROM attachment_uploads'),
      await app.dataSource.query('SELECT * FROM attachment_upload_pieces'),
    ]);
    for (const plain of ['quick brown', 'salaries', Buffer.from(secret).toString('base64url').slice(0, 40)])
      expect(stored).not.toContain(plain);
  });
});

describe('an upload is no other instance’s', () => {
  it('to send along', async () => {
    const { attachment, url } = await slot(3);
    await put(url, Buffer.from('abc'));
    const other = await connected();
    const { error } = await callTool(other, 'create_draft', { body: 'a', attachments: [attachment] });
    expect(error).toMatchObject({ errorCode: 'NOT_FOUND', field: 'attachments.0' });
  });

  it('and a link that was changed, is over, or whose token is gone opens nothing', async () => {
    const { url } = await slot(3);
    expect(await put(`${url.slice(0, -2)}AA`, Buffer.from('abc'))).toMatchObject({ status: 404 });
    const other = await connected();
    const { url: withdrawn } = await slot(3, 'a', other);
    expect((await app.api('DELETE', `/api/instances/${other.id}`)).status).toBe(204);
    expect(await put(withdrawn, Buffer.from('abc'))).toMatchObject({ status: 404 });
    const [{ count }] = await app.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM attachment_uploads WHERE instance_id = $1',
      [other.id],
    );
    expect(count).toBe(0);
  });
});

it('a tenant has room for so many bytes, and for more when an hour has passed', async () => {
  const mb = 1024 * 1024;
  const open = async (): Promise<unknown> => {
    const { error, structured } = await callTool(instance, 'create_attachment_upload', {
      ...{ filename: 'a', sizeBytes: 26 * mb },
    });
    return error.errorCode ?? Object.keys(structured);
  };
  for (let count = 0; count < 9; count += 1) await open();
  expect(await open()).toBe('RATE_LIMITED');
  const { url } = await slot(1);
  await app.advance(3_601);
  expect(await put(url, Buffer.from('a'))).toMatchObject({ status: 404, body: { reason: 'link_expired' } });
  expect(await open()).toEqual(['attachment', 'url', 'expiresAt']);
});
