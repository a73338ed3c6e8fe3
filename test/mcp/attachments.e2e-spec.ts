import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { PurposeSeal } from '../../src/credentials/index.js';
import { deliverFiles } from '../harness/attached-files.js';
import { Callers } from '../harness/callers.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';
import { structureUrl, unfenced } from '../harness/structured-answers.js';

interface Given {
  url: string;
  expiresAt: string;
  filename: string;
  mimeType: string;
  sizeBytes: number;
  text?: { text: string };
  image?: string;
}

const masterKey = { id: 'test', key: Buffer.alloc(32, 7) };
const csv = 'name,städte\nAda,2\n';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const binary = randomBytes(5_000_000);
const files = [
  { contentType: 'application/octet-stream', fileName: 'zahlen für mich.csv', bytes: Buffer.from(csv) },
  { contentType: 'image/png', fileName: 'dot.png', bytes: png },
  { contentType: 'application/octet-stream', fileName: 'disk.img', bytes: binary },
  { contentType: 'text/html', fileName: 'page.html', bytes: Buffer.from('<script>alert(1)</script><p>Hi') },
] as const;

let app: TestApp;
let mailbox: TestMailbox;
let messageId: string;

beforeAll(async () => {
  app = await TestApp.start();
  mailbox = await newMailbox(app);
  messageId = await deliverFiles(app, mailbox.account, files);
});
afterAll(() => app.stop());

async function linkOf(instance: CreatedInstance = mailbox, id = messageId, partId = '1'): Promise<string> {
  const { structured } = await callTool(instance, 'get_attachment', { messageId: id, partId });
  return structured.url as string;
}

/** A mailbox of its own with a message, for what ends it. */
async function linkedMailbox(input: object = {}): Promise<TestMailbox & { url: string }> {
  const own = await newMailbox(app, { ...input });
  const file = { contentType: 'application/pdf', fileName: 'a.pdf', bytes: Buffer.from('%PDF') };
  const id = await deliverFiles(app, own.account, [file]);
  const url = await linkOf(own, id);
  expect((await fetch(url)).status).toBe(200);
  return { ...own, url };
}

async function refusalOf(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url);
  return { status: response.status, ...((await response.json()) as object) };
}

describe.each(['auto', 'legacy'] as const)('an agent that saves attachments (%s)', (mode) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'evergrant-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${mailbox.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(structureUrl(mailbox.mcpUrl), { requestInit }));
    await client.listTools();
  });
  afterAll(() => client.close());

  async function call(partId: string, input: object = {}) {
    const result = await client.callTool({
      name: 'get_attachment',
      arguments: { messageId, partId, ...input },
    });
    if (result.isError === true) throw new Error(JSON.stringify(result.content));
    return { ...(unfenced(result.structuredContent) as Given), content: result.content };
  }

  it('gets a link for each of those that the message lists, and the same bytes under it', async () => {
    const { structuredContent } = await client.callTool({ name: 'get_message', arguments: { messageId } });
    const { attachments } = structuredContent as { attachments: { partId: string; filename: string }[] };
    expect(attachments.map(({ filename }) => filename)).toEqual(files.map(({ fileName }) => fileName));
    for (const [index, { partId }] of attachments.entries()) {
      const { url, content, sizeBytes } = await call(partId);
      const { bytes } = files[index]!;
      expect(content[1]).toMatchObject({ type: 'resource_link', uri: url, size: bytes.length });
      expect(JSON.stringify(content)).not.toContain(bytes.toString('base64').slice(0, 20));
      expect(sizeBytes).toBe(bytes.length);
      const response = await fetch(url);
      const received = Buffer.from(await response.arrayBuffer());
      expect([response.status, received.length, digest(received)]).toEqual([
        200,
        bytes.length,
        digest(bytes),
      ]);
    }
  });

  it('reads a text at once, and sees a picture where it asks to', async () => {
    expect((await call('1')).text).toMatchObject({ text: csv.trim(), truncated: false });
    const { content, image } = await call('2', { showImage: true });
    expect(image).toBe('shown');
    expect(content[2]).toMatchObject({
      type: 'image',
      mimeType: 'image/png',
      data: png.toString('base64'),
    });
  });
});

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a download', () => {
  it('is saved under its name, run by no browser and kept by no cache', async () => {
    const { headers } = await fetch(await linkOf(mailbox, messageId, '4'));

    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe('attachment; filename=page.html');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, no-store');
    const csvHeaders = (await fetch(await linkOf())).headers;
    expect(csvHeaders.get('content-disposition')).toContain("filename*=UTF-8''zahlen%20f%C3%BCr%20mich.csv");
  });

  it('works again under the same link, though Gmail calls the attachment something else each time', async () => {
    const url = await linkOf();

    expect(await (await fetch(url)).text()).toBe(csv);
    expect(await (await fetch(url)).text()).toBe(csv);
  });

  it('works where another replica has a newer master key in front', async () => {
    const newer = `newer:${randomBytes(32).toString('base64')}`;
    const keys = `${newer},test:${masterKey.key.toString('base64')}`;
    const replica = await TestApp.start({ ENCRYPTION_KEYS: keys }, { beside: app });
    const url = (await linkOf()).replace(app.url, replica.url);
    const response = await fetch(url);
    const text = await response.text();
    await replica.stop();

    expect(text).toBe(csv);
  });

  it('that its client gives up before it begins is no error of ours', async () => {
    const url = await linkOf();
    const path = `/gmail/v1/users/me/messages/${messageId}/attachments`;
    await app.google.addFault({ target: 'gmail', match: { path }, fault: { kind: 'hold' } });
    const client = new AbortController();
    const given = fetch(url, { signal: client.signal });
    await app.google.heldRequests({ atLeast: 1 });
    client.abort();
    await expect(given).rejects.toThrow('aborted');
    await app.google.clearFaults();
    await app.google.release();

    expect(await (await fetch(url)).text()).toBe(csv);
    expect(app.log.filter((line) => line.includes('UNKNOWN_ERROR'))).toEqual([]);
  });

  it('leaves its link in no line of the log, and no metric', async () => {
    const url = await linkOf();
    const [, link] = url.split('/api/attachments/') as [string, string];
    await (await fetch(url)).arrayBuffer();
    await fetch(`${url.slice(0, -4)}AAAA`);
    await fetch(`${url}?again=${link}`);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();

    const body = link.split('.')[2]!.slice(0, 40);
    expect(app.log.join('\n')).toContain('/api/attachments/:link');
    expect(app.log.join('\n')).not.toContain(body);
    expect(metrics).not.toContain(body);
  });
});

describe('a link', () => {
  it('opens nothing when it is changed, cut, made with another key or for another purpose', async () => {
    const url = await linkOf();
    const [base, link] = url.split('/api/attachments/') as [string, string];
    const text = new PurposeSeal([masterKey], 'attachment links').open(link)!;
    const forged = [
      link.slice(0, -8),
      link.replace(/.(?=.{20}$)/, (char) => (char === 'A' ? 'B' : 'A')),
      new PurposeSeal([{ id: 'test', key: randomBytes(32) }], 'attachment links').seal(text),
      new PurposeSeal([masterKey], 'another purpose').seal(text),
      `eg1.test.${Buffer.from(text).toString('base64url')}`,
      'x',
    ];
    for (const each of forged) {
      expect(await refusalOf(`${base}/api/attachments/${each}`)).toMatchObject({
        ...{ status: 404, errorCode: 'NOT_FOUND', reason: 'link_unknown', requiresReauth: false },
      });
    }
  });

  it('leads to the instance of its token alone', async () => {
    const foreign = await linkedMailbox();
    const seal = new PurposeSeal([masterKey], 'attachment links');
    const [base, link] = (await linkOf()).split('/api/attachments/') as [string, string];
    const [tenantId, , tokenId, id, ...rest] = JSON.parse(seal.open(link)!) as unknown[];
    for (const part of [
      [tenantId, foreign.id, tokenId, id, ...rest],
      [randomUUID(), mailbox.id, tokenId, id, ...rest],
    ]) {
      const url = `${base}/api/attachments/${seal.seal(JSON.stringify(part))}`;
      expect(await refusalOf(url)).toMatchObject({ status: 404, reason: 'link_withdrawn' });
    }
    const { error } = await callTool(foreign, 'get_attachment', { messageId, partId: '1' });
    expect(error).toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('ends with its instance', async () => {
    const { id, url } = await linkedMailbox();
    await app.api('DELETE', `/api/instances/${id}`);

    expect(await refusalOf(url)).toMatchObject({
      ...{ status: 404, reason: 'link_withdrawn', requiresReauth: false },
    });
  });

  it('ends with the MCP token that was given it', async () => {
    const own = await linkedMailbox();
    const { body } = await app.api<{ items: { id: string }[] }>('GET', `/api/instances/${own.id}/mcp-tokens`);
    await app.api('DELETE', `/api/instances/${own.id}/mcp-tokens/${body.items[0]!.id}`);

    expect(await refusalOf(own.url)).toMatchObject({ status: 404, reason: 'link_withdrawn' });
  });

  it('is refused when the instance asks for less, without a sign-in, since none would help', async () => {
    const own = await linkedMailbox();
    await app.api('PATCH', `/api/instances/${own.id}`, { scopes: ['gmail.send'] });

    expect(await refusalOf(own.url)).toMatchObject({
      ...{ status: 403, errorCode: 'INSUFFICIENT_SCOPE', reason: 'not_asked_for', requiresReauth: false },
      instanceId: own.id,
    });
  });

  it('is refused for want of a grant when Google has ended it, and for no outage', async () => {
    const own = await linkedMailbox();
    await app.google.addFault({
      target: 'gmail',
      match: { account: own.account },
      fault: { kind: 'error', status: 403, body: { error: { errors: [{ reason: 'dailyLimitExceeded' }] } } },
    });
    expect(await refusalOf(own.url)).toMatchObject({
      ...{ status: 503, errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false, instanceId: own.id },
    });
    await app.google.clearFaults();
    await app.google.revokeGrants({ account: own.account });
    await app.google.expireAccessTokens(own.account);

    expect(await refusalOf(own.url)).toMatchObject({
      ...{ status: 401, errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true, instanceId: own.id },
    });
  });

  it('is refused while its tenant is suspended', async () => {
    const callers = new Callers(app);
    const tenant = await callers.tenant();
    const own = await callers.newInstance(tenant.apiKey);
    await app.google.addAccount({ email: 'suspended@sandbox.test' });
    const headers = { 'x-evergrant-tenant': tenant.id };
    const { body } = await app.api<{ authorizationUrl: string }>(
      ...(['POST', `/api/instances/${own.id}/start-oauth`, {}, headers] as const),
    );
    const { connectMailbox } = await import('../../sandbox/index.js');
    await connectMailbox(body.authorizationUrl, { account: 'suspended@sandbox.test' });
    const url = await linkOf(own, await deliverFiles(app, 'suspended@sandbox.test', files));
    expect((await fetch(url)).status).toBe(200);
    await app.api('PATCH', `/api/tenants/${tenant.id}`, { suspended: true });

    expect(await refusalOf(url)).toMatchObject({
      ...{ status: 403, errorCode: 'FORBIDDEN', reason: 'tenant_suspended', requiresReauth: false },
    });
  });

  it('opens nothing after ten minutes', async () => {
    const url = await linkOf();
    await app.advance(590);
    expect((await fetch(url)).status).toBe(200);
    await app.advance(11);

    expect(await refusalOf(url)).toMatchObject({
      ...{ status: 404, errorCode: 'NOT_FOUND', reason: 'link_expired', requiresReauth: false },
    });
  });
});
