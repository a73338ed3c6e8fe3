import { createServer, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { freePort } from '../../sandbox/index.js';
import { People, PersonMailboxes, PersonTokens, type PersonPrincipal } from '../../src/identity/index.js';
import { TestApp } from '../harness/test-app.js';
import { signInVariables } from './scripted-client.js';

const audience = 'https://mail.example.com/mcp';

let app: TestApp;
let server: Server;
let issuer: string;
let published: JWK[] = [];
let isDown = false;
let key: CryptoKey;

beforeAll(async () => {
  server = createServer((request, response) => {
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': { keys: published },
    };
    const found = isDown ? undefined : documents[request.url ?? ''];
    response.writeHead(found === undefined ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  key = await newKey('first');
  app = await start();
});
afterAll(async () => {
  await app.stop();
  server.close();
  server.closeAllConnections();
});
afterEach(() => {
  isDown = false;
  jest.restoreAllMocks();
});

function start(variables: Record<string, string> = {}): Promise<TestApp> {
  return TestApp.start({ ...signInVariables, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, ...variables });
}

/** Replaces what is published. */
async function newKey(kid: string): Promise<CryptoKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  published = [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }];
  return privateKey;
}

interface Wish {
  claims?: Record<string, unknown>;
  kid?: string;
  by?: CryptoKey;
}

function token({ claims = {}, kid = 'first', by = key }: Wish = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...{ iss: issuer, aud: audience, sub: 'sub-1', exp: now + 600, iat: now, client_id: 'agent' },
    ...{ email: 'external@sandbox.test', email_verified: true, scope: 'gmail:read gmail:send', ...claims },
  })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(by);
}

function verify(given: string): Promise<PersonPrincipal | null> {
  return app.part(PersonTokens).verify(given);
}

describe('an authorization server in place of ours', () => {
  it('is named where clients look, and ours is not there', async () => {
    const found = await fetch(`${app.url}/.well-known/oauth-protected-resource/mcp`);
    expect(await found.json()).toMatchObject({ authorization_servers: [issuer] });
    for (const path of ['/authorize', '/jwks', '/.well-known/oauth-authorization-server', '/sign-in/x'])
      expect((await fetch(app.url + path)).status).toBe(404);
    for (const path of ['/token', '/register', '/revoke'])
      expect((await fetch(app.url + path, { method: 'POST' })).status).toBe(404);
  });

  it('lets a person in by an address that it has verified, and knows them by its subject from then on', async () => {
    const caller = await verify(await token());
    expect(caller).toMatchObject({
      ...{ clientId: 'agent', scopes: ['gmail:read', 'gmail:send'], resource: audience, instanceIds: [] },
    });
    const later = await token({ claims: { email: undefined, email_verified: undefined } });
    expect(await verify(later)).toMatchObject({ personId: caller?.personId });
  });

  it('speaks of the person who signed in with Google under the same address', async () => {
    const email = `${randomUUID()}@sandbox.test`;
    const account = { provider: 'google', subject: randomUUID(), email, isEmailVerified: true };
    const admitted = await app.part(People).admit({ ...account, hostedDomain: 'sandbox.test' });
    const caller = await verify(await token({ claims: { sub: randomUUID(), email } }));
    expect(admitted).toMatchObject({ status: 'admitted', person: { id: caller?.personId } });
  });

  it('is not asked again whether its caller may go on, which is over with the person', async () => {
    const email = `${randomUUID()}@sandbox.test`;
    const caller = (await verify(await token({ claims: { sub: randomUUID(), email } })))!;
    const { tenantId, personId } = caller;
    const { id } = await app.createInstance();
    await app.part(PersonMailboxes).add(app.dataSource, { tenantId, personId }, id);
    const again = (): Promise<PersonPrincipal | null> => app.part(PersonTokens).findLive(caller);
    expect(await again()).toEqual({ ...caller, instanceIds: [id] });
    await app.part(People).delete(tenantId, personId);
    expect(await again()).toBeNull();
  });

  it.each<[string, () => Promise<string>]>([
    ['for another audience', () => token({ claims: { aud: 'https://other.example/' } })],
    ['of another issuer', () => token({ claims: { iss: 'https://other.example' } })],
    ['that is over', () => token({ claims: { exp: Math.floor(Date.now() / 1000) - 60 } })],
    ['without an end', () => token({ claims: { exp: undefined } })],
    ['of an address that is not verified', () => token({ claims: { sub: 'x', email_verified: false } })],
    ['of a person whom no entry names', () => token({ claims: { sub: 'y', email: 'a@elsewhere.test' } })],
    [
      'signed by another key under a known name',
      async () => token({ by: (await generateKeyPair('ES256')).privateKey }),
    ],
    ['of ours', () => Promise.resolve('egpt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')],
    [
      'that says it is not signed',
      async () => {
        const [, body = ''] = (await token()).split('.');
        return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
      },
    ],
  ])('has no token good %s', async (_case, made) => {
    expect(await verify(await made())).toBeNull();
  });

  it('replaces its keys as it likes', async () => {
    const second = await newKey('second');
    const later = Date.now() + 60_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    expect(await verify(await token({ by: second, kid: 'second' }))).not.toBeNull();
    key = second;
  });

  it('that cannot be reached says nothing of a token', async () => {
    isDown = true;
    const other = await start({ AUTH_AUDIENCE: `${audience}/other` });
    try {
      const given = await token({ kid: 'second' });
      await expect(other.part(PersonTokens).verify(given)).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
      isDown = false;
      expect(await other.part(PersonTokens).verify(given)).toBeNull();
    } finally {
      await other.stop();
    }
  });
});

it('is refused at the start unless it is https or on this machine', async () => {
  const port = await freePort();
  await expect(start({ AUTH_ISSUER: `http://issuer.example:${port}` })).rejects.toThrow('AUTH_ISSUER');
});
