import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../../harness/test-app.js';
import { letIn, newBrowser, signInVariables, throughGoogle } from '../scripted-client.js';
import { recordedClients, type RecordedClient } from './recorded-clients.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

type Json = Record<string, unknown>;

/** A client as it was recorded, from the 401 on. */
class Replayed {
  private clientId = '';
  private secret = '';
  private accessToken = '';
  private refreshToken = '';
  private metadata: Json = {};
  private resource = '';
  private verifier = '';

  constructor(private readonly its: RecordedClient) {}

  /** The 401, the two documents that it leads to, and the registration. @returns the scopes that the 401 names */
  async discover(): Promise<string> {
    const refused = await this.post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: this.hello() });
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate') ?? '';
    const resourceMetadata = await this.json(/resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? '');
    this.resource = String(resourceMetadata.resource);
    const [issuer] = resourceMetadata.authorization_servers as string[];
    this.metadata = await this.json(`${issuer}/.well-known/oauth-authorization-server`);
    expect(this.metadata.token_endpoint_auth_methods_supported).toContain(this.its.proof);
    const registered = await fetch(String(this.metadata.registration_endpoint), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.origin() },
      body: JSON.stringify(this.its.registration),
    });
    expect(registered.status).toBe(201);
    const body = (await registered.json()) as Json;
    expect(body).toMatchObject({ token_endpoint_auth_method: this.its.proof });
    this.clientId = String(body.client_id);
    this.secret = typeof body.client_secret === 'string' ? body.client_secret : '';
    return /scope="([^"]+)"/.exec(challenge)?.[1] ?? '';
  }

  authorizeUrl(scope: string): { app: TestApp; url: string } {
    this.verifier = randomBytes(32).toString('base64url');
    const url = new URL(String(this.metadata.authorization_endpoint));
    const parameters: Record<string, string | null> = {
      ...{ response_type: 'code', client_id: this.clientId, redirect_uri: this.its.redirectUri },
      ...{ scope, state: randomUUID(), resource: this.resource, code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      ...this.its.authorize,
    };
    for (const [name, value] of Object.entries(parameters))
      if (value !== null) url.searchParams.set(name, value);
    return { app, url: url.href };
  }

  async redeem(code: string): Promise<string> {
    const { redirectUri: redirect_uri } = this.its;
    const grant = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: this.verifier };
    return String((await this.token(grant)).scope);
  }

  async refresh(): Promise<void> {
    const [before, scope] = [this.refreshToken, this.its.refreshScope];
    await this.token({ grant_type: 'refresh_token', refresh_token: before, ...(scope && { scope }) });
    expect(this.refreshToken).not.toBe(before);
  }

  /** @returns the result of a tool */
  async call(name: string, input: object): Promise<{ isError?: boolean; content: { text: string }[] }> {
    const answer = await this.post({
      ...{ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: input } },
    });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    const line = /^data: (.*)$/m.exec(text)?.[1] ?? text;
    return (JSON.parse(line) as { result: { isError?: boolean; content: { text: string }[] } }).result;
  }

  async status(): Promise<number> {
    return (await this.post({ jsonrpc: '2.0', id: 3, method: 'tools/list', params: {} })).status;
  }

  private async token(grant: Record<string, string>): Promise<Json> {
    const { proof, authorize } = this.its;
    const answer = await fetch(String(this.metadata.token_endpoint), {
      method: 'POST',
      headers: this.origin(),
      body: new URLSearchParams({
        ...grant,
        client_id: this.clientId,
        ...(proof === 'client_secret_post' && { client_secret: this.secret }),
        ...(authorize?.resource === null ? {} : { resource: this.resource }),
      }),
    });
    const body = (await answer.json()) as Json;
    expect([answer.status, body.error_description]).toEqual([200, undefined]);
    this.expectReadable(answer);
    this.accessToken = String(body.access_token);
    this.refreshToken = String(body.refresh_token);
    return body;
  }

  private async json(url: string): Promise<Json> {
    const answer = await fetch(url, { headers: { accept: 'application/json', ...this.origin() } });
    this.expectReadable(answer);
    return (await answer.json()) as Json;
  }

  private post(body: object): Promise<Response> {
    return fetch(`${app.url}/mcp`, {
      method: 'POST',
      headers: {
        ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
        'mcp-protocol-version': this.its.protocol,
        ...(this.accessToken !== '' && { authorization: `Bearer ${this.accessToken}` }),
      },
      body: JSON.stringify(body),
    });
  }

  private hello(): object {
    return { protocolVersion: this.its.protocol, capabilities: {}, clientInfo: { name: 'x', version: '1' } };
  }

  private origin(): Record<string, string> {
    return this.its.origin === undefined ? {} : { origin: this.its.origin };
  }

  private expectReadable({ headers }: Response): void {
    if (this.its.origin !== undefined)
      expect(headers.get('access-control-allow-origin')).toBe(this.its.origin);
  }
}

const draft = { to: ['friend@example.com'], subject: 'Hi', body: 'Hi' };

describe.each(Object.entries(recordedClients))('%s', (_name, its) => {
  it('goes the whole way: 401, documents, registration, consent, call, refresh, and more scopes', async () => {
    const client = new Replayed(its);
    const scopes = await client.discover();
    const browser = newBrowser(app);
    const { code, account, end } = await letIn(client.authorizeUrl('gmail:read'), { browser });
    expect(end.href.startsWith(its.redirectUri)).toBe(true);
    expect(end.searchParams.get('iss')).toBe(app.environment.publicUrl);
    expect(await client.redeem(code)).toBe('gmail:read');
    expect((await client.call('get_profile', {})).content[0]?.text).toContain(account);
    const refused = await client.call('create_draft', draft);
    expect([refused.isError, refused.content.at(-1)?.text]).toEqual([
      true,
      expect.stringContaining('gmail:write'),
    ]);

    await app.advance(61 * 60);
    expect(await client.status()).toBe(401);
    await client.refresh();
    expect(await client.status()).toBe(200);

    const page = await browser.open(client.authorizeUrl(scopes).url);
    const allowed = await throughGoogle(browser, await browser.press(page, { decision: 'allow' }), account);
    expect(await client.redeem(allowed.url.searchParams.get('code') ?? '')).toBe(scopes);
    expect((await client.call('create_draft', draft)).isError).not.toBe(true);
  });
});
