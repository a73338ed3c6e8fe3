import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { adminApiKey, sandboxClientId, TestApp, type CreatedInstance } from '../harness/test-app.js';

const modify = 'https://www.googleapis.com/auth/gmail.modify';
const ownClientId = '300000000003-own.apps.sandbox.test';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.registerClient({
    clientId: ownClientId,
    clientSecret: 'own-secret',
    redirectUris: [`${app.url}/oauth/callback`],
  });
});
afterAll(() => app.stop());

function patch(id: string, input: unknown) {
  return app.api('PATCH', `/api/instances/${id}`, input);
}

function get(id: string) {
  return app.api('GET', `/api/instances/${id}`);
}

describe('PATCH /api/instances/:id', () => {
  it('changes what it names and leaves the rest', async () => {
    const { id } = await app.createInstance({ name: 'Before', externalId: 'kept' });
    const { status, body } = await patch(id, { name: 'After' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, name: 'After', externalId: 'kept', oauthStatus: 'pending' });
    expect((await get(id)).body).toEqual(body);
  });

  it('asks for other scopes from the next consent on, and keeps what was granted until then', async () => {
    const { id } = await app.connectedInstance();
    const { body } = await patch(id, { scopes: [modify] });
    expect(body).toMatchObject({ scopes: ['openid', 'email', modify], oauthStatus: 'completed' });
    expect(body.grantedScopes).not.toContain(modify);
    expect((await accessToken(app, id)).status).toBe(200);
    await app.connect(id);
    expect((await get(id)).body.grantedScopes).toContain(modify);
  });

  it('mends a client whose secret was wrong: the tokens are still there', async () => {
    const client = { clientId: ownClientId, clientSecret: 'own-secret' };
    const instance = await app.createInstance(client);
    await app.connect(instance.id);
    await patch(instance.id, { clientSecret: 'a-slip' });
    await app.advance(3600);
    expect((await accessToken(app, instance.id)).body).toMatchObject({
      errorCode: 'INVALID_CLIENT',
      requiresReauth: true,
    });
    const mended = await patch(instance.id, { clientSecret: 'own-secret' });
    expect(mended.body).toMatchObject({ errorCode: null, requiresReauth: false });
    expect((await accessToken(app, instance.id)).status).toBe(200);
  });

  it('takes another client for the next consent, while the grant under the old one serves on', async () => {
    const { id } = await app.connectedInstance();
    expect((await patch(id, { clientId: ownClientId, clientSecret: 'own-secret' })).status).toBe(200);
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
    const { tokenRequests } = await app.google.ledger();
    expect(tokenRequests.at(-1)).toMatchObject({ clientId: sandboxClientId, outcome: 'issued' });
    await app.connect(id);
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
    expect((await app.google.ledger()).tokenRequests.at(-1)).toMatchObject({ clientId: ownClientId });
  });

  it.each([
    [{}, 'body'],
    [{ name: '' }, 'name'],
    [{ scopes: ['https://www.googleapis.com/auth/drive'] }, 'scopes.0'],
    [{ scopes: [] }, 'scopes'],
    [{ clientId: 'unknown-client' }, 'clientSecret'],
    [{ clientSecret: 'without a client' }, 'clientId'],
    [{ email: 'x@example.com' }, 'email'],
  ])('refuses %j and names %s', async (input, field) => {
    const { id } = await app.createInstance();
    const { status, body } = await patch(id, input);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field, requiresReauth: false });
  });
});

describe('DELETE /api/instances/:id', () => {
  it('answers 204 though Google hangs, and neither the instance nor its MCP token is there any more', async () => {
    const instance = await app.connectedInstance({ account: 'sam@sandbox.test' });
    await app.google.addFault({ target: 'revoke', fault: { kind: 'hang' } });
    const { status, body } = await app.api('DELETE', `/api/instances/${instance.id}`);
    await app.google.clearFaults();
    expect([status, body]).toEqual([204, null]);
    expect((await get(instance.id)).status).toBe(404);
    expect((await mcp(instance)).status).toBe(401);
    expect((await app.api('DELETE', `/api/instances/${instance.id}`)).status).toBe(404);
  });

  it.each(['4b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f001', 'no-uuid'])('knows no %s', async (id) => {
    expect((await app.api('DELETE', `/api/instances/${id}`)).status).toBe(404);
  });

  it('ends a consent that is under way', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    await app.api('DELETE', `/api/instances/${id}`);
    const connect = await fetch(link, { redirect: 'manual' });
    expect(connect.headers.get('location')).toContain('error=state_expired');
  });

  function mcp({ mcpUrl, mcpToken }: CreatedInstance): Promise<Response> {
    return fetch(mcpUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${mcpToken}`, 'content-type': 'application/json' },
      body: '{}',
    });
  }
});

describe('GET /api/instances/:id/events', () => {
  interface Page {
    items: { id: string; event: string; outcome: string; accessTokenFingerprint: string | null }[];
    nextCursor: string | null;
  }
  const events = (id: string, query = '') => app.api<Page>('GET', `/api/instances/${id}/events${query}`);

  it('tells what happened to the grant, the newest first, in pages that make up the whole', async () => {
    await app.google.addAccount({ email: 'told@sandbox.test' });
    const { id } = await app.connectedInstance({ account: 'told@sandbox.test' });
    for (let round = 0; round < 3; round += 1) await refresh(app, id);
    const { body } = await events(id);
    expect(body.items.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
      'refresh refreshed',
      'refresh refreshed',
      'refresh refreshed',
      'consent completed',
    ]);
    expect(body.nextCursor).toBeNull();
    const paged: Page['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (await events(id, `?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)).body;
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(body.items);
  });

  it('tells tokens apart without showing them', async () => {
    const { id } = await app.connectedInstance({ account: 'told@sandbox.test' });
    const { body: token } = await accessToken(app, id);
    const { body } = await events(id);
    expect(JSON.stringify(body)).not.toContain(token.accessToken);
    const fingerprints = body.items.flatMap(({ accessTokenFingerprint }) => accessTokenFingerprint ?? []);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    expect(fingerprints.every((one) => /^[\w-]{16}$/.test(one))).toBe(true);
  });

  it('has nothing to tell of an instance that was never connected', async () => {
    const { id } = await app.createInstance();
    expect((await events(id)).body).toEqual({ items: [], nextCursor: null });
  });

  it.each(['?cursor=x', '?limit=0', '?since=1'])('refuses %s', async (query) => {
    const { id } = await app.createInstance();
    expect((await events(id, query)).body).toMatchObject({ errorCode: 'VALIDATION_FAILED' });
  });
});

it('never lets the operator’s key into an answer', async () => {
  const { body } = await app.api('GET', '/api/instances');
  expect(JSON.stringify(body)).not.toContain(adminApiKey);
});
