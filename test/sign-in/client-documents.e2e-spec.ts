import { createServer, type Server } from 'node:https';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientDocuments, ClientDocumentsOptions } from '../../src/sign-in/registration/client-documents.js';
import { readText } from '../harness/http-browser.js';
import { TestApp } from '../harness/test-app.js';
import { authorityFile, privateCertificate } from '../tls/private-authority.js';
import { Attempt, letIn, newBrowser, redirectUri, signInVariables } from './scripted-client.js';

const authorities = readFileSync(authorityFile(mkdtempSync(join(tmpdir(), 'evergrant-'))), 'utf8');

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

let server: Server;
let origin: string;
let requests: string[] = [];
let answer: { status: number; headers: Record<string, string>; body: string };
let documents: ClientDocuments;

beforeAll(async () => {
  server = createServer(privateCertificate, ({ url = '' }, response) => {
    requests.push(url);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  documents = new ClientDocuments(new ClientDocumentsOptions(false, undefined, isLoopback, authorities));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  requests = [];
});

function documentAt(path: string, changes: Record<string, unknown> = {}): string {
  const client_id = origin + path;
  const document = { client_id, client_name: 'Documented', redirect_uris: [redirectUri], ...changes };
  answer = { status: 200, headers: {}, body: JSON.stringify(document) };
  return client_id;
}

describe('a document of a client', () => {
  it('is fetched, with what means something here', async () => {
    const response = await documents.fetch(documentAt('/client', { scope: 'everything' }));
    expect(await response.json()).toMatchObject({
      client_id: `${origin}/client`,
      redirect_uris: [redirectUri],
    });
  });

  it('is not fetched from an address that is not public', async () => {
    const url = documentAt('/client');
    const guarded = new ClientDocuments(new ClientDocumentsOptions(false, undefined, undefined, authorities));
    await expect(guarded.fetch(url)).rejects.toThrow('not on the public Internet');
    expect(requests).toEqual([]);
  });

  it('is not fetched from a name that has one private address among public ones', async () => {
    const resolver = () =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ]);
    const guarded = new ClientDocuments(new ClientDocumentsOptions(false, resolver));
    await expect(guarded.fetch('https://rebinding.example/')).rejects.toThrow('not on the public Internet');
  });

  it('is fetched from the address that was looked at, whatever its name resolves to then', async () => {
    const { address, family, port } = server.address() as AddressInfo;
    const resolver = () => Promise.resolve([{ address, family: family === 'IPv6' ? 6 : 4 }]);
    const pinned = new ClientDocuments(new ClientDocumentsOptions(false, resolver, isLoopback, authorities));
    documentAt('/client');
    // No other resolver knows the name, which the certificate of the server holds.
    expect((await pinned.fetch(`https://google.test:${port}/client`)).status).toBe(200);
  });

  it.each(['http://a.example/', 'https://user@a.example/', 'file:///etc/passwd'])(
    'is not looked for at %s',
    async (url) => {
      await expect(documents.fetch(url)).rejects.toThrow('Only https');
    },
  );

  it('of ten megabytes is not read to its end', async () => {
    const url = documentAt('/client', { padding: 'x'.repeat(10 * 1024 * 1024) });
    await expect(documents.fetch(url)).rejects.toThrow();
  });

  it('that redirects leads nowhere', async () => {
    answer = { status: 302, headers: { location: '/inside' }, body: '' };
    expect((await documents.fetch(`${origin}/client`)).status).toBe(502);
    expect(requests).toEqual(['/client']);
  });
});

describe('a client that is a document', () => {
  let app: TestApp;
  beforeAll(async () => {
    const clientDocuments = new ClientDocumentsOptions(false, undefined, isLoopback, authorities);
    app = await TestApp.start(signInVariables, { clientDocuments });
  });
  afterAll(() => app.stop());

  it('is let in without a registration, under the host that vouches for it', async () => {
    const attempt = new Attempt(app, documentAt('/good'));
    const page = await newBrowser(app).open(attempt.url);
    expect(readText(page.text)).toContain(`Verified: ${new URL(origin).host} vouches for it`);
    const { code } = await letIn(attempt);
    expect(await attempt.redeem(code)).toMatchObject({ status: 200 });
    expect(requests).toEqual(['/good']);
  });

  it.each([
    ['names another id', '/other', { client_id: 'https://evil.example/' }],
    ['holds a secret', '/secret', { client_secret: 'x' }],
    ['wants a shared secret', '/shared', { token_endpoint_auth_method: 'client_secret_post' }],
    ['has no redirect URI that can be used', '/uris', { redirect_uris: ['http://evil.example/'] }],
  ])('that %s is none', async (_case, path, changes) => {
    const page = await newBrowser(app).open(new Attempt(app, documentAt(path, changes)).url);
    expect([page.status, page.url.origin]).toEqual([400, app.environment.publicUrl]);
  });

  it('is sent to the redirect URIs of its document only', async () => {
    const attempt = new Attempt(app, documentAt('/mine'), { redirect_uri: 'https://evil.example/' });
    expect((await newBrowser(app).open(attempt.url)).url.origin).toBe(app.environment.publicUrl);
  });

  it('keeps its tokens while its document cannot be fetched', async () => {
    const attempt = new Attempt(app, `${origin}/away`);
    answer = { status: 500, headers: {}, body: '' };
    const refused = await attempt.redeem('code');
    expect(refused).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
  });
});
