import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignInCodes } from '../../src/identity/index.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { bearer, Callers } from '../harness/callers.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

describe('a console session', () => {
  it('is a cookie in exchange for a key, and tells who one is', async () => {
    const { id, name, apiKey } = await callers.tenant();
    const opened = await callers.call('POST', '/api/session', {}, { apiKey });
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^evergrant_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(opened.body).toEqual({
      operator: false,
      tenantId: id,
      tenantName: name,
      rights: ['instances:read', 'instances:write'],
      expiresAt: expect.any(String),
    });
    const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await callers.call('GET', '/api/session', { cookie })).body).toEqual(opened.body);
    expect((await callers.call('GET', '/api/instances', { cookie })).status).toBe(200);
    const stored = await app.dataSource.query<object[]>('SELECT * FROM console_sessions');
    expect(JSON.stringify(stored)).not.toContain(cookie.split('=')[1]!);
  });

  it('is opened with the code of a one-time link as well, once and within half an hour, as the operator', async () => {
    const codes = app.part(SignInCodes);
    const code = await codes.make();
    const opened = await callers.call('POST', '/api/session', {}, { code });
    expect([opened.status, opened.body]).toMatchObject([201, { operator: true, tenantName: 'default' }]);
    expect(opened.headers.getSetCookie()).toHaveLength(1);
    const late = await codes.make();
    const stored = await app.dataSource.query<object[]>('SELECT * FROM sign_in_codes');
    expect(JSON.stringify(stored)).not.toContain(late);
    await app.advance(30 * 60 + 1);
    for (const stale of [code, late, 'unknown']) {
      const refused = await callers.call('POST', '/api/session', {}, { code: stale });
      expect([refused.status, refused.body.errorCode]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  it.each([{}, { apiKey: adminApiKey, code: 'code' }])(
    'is opened by one secret, neither by none nor by two',
    async (input) => {
      const { status, body } = await callers.call('POST', '/api/session', {}, input);
      expect([status, body.errorCode, body.field]).toEqual([400, 'VALIDATION_FAILED', 'apiKey']);
    },
  );

  it('is opened once by a code that two browsers present at once', async () => {
    const code = await app.part(SignInCodes).make();
    const both = await Promise.all([1, 2].map(() => callers.call('POST', '/api/session', {}, { code })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  it('of the operator manages tenants and acts in the one that is named', async () => {
    const { name, id } = await callers.tenant();
    const cookie = await callers.login(adminApiKey);
    expect((await callers.call('GET', '/api/session', { cookie })).body).toMatchObject({
      operator: true,
      tenantName: 'default',
    });
    expect((await callers.call('GET', '/api/tenants', { cookie })).status).toBe(200);
    const elsewhere = await callers.call('GET', '/api/session', { cookie, 'x-evergrant-tenant': name });
    expect(elsewhere.body).toMatchObject({ operator: true, tenantId: id, tenantName: name });
  });

  it('never yields a Google access token, whatever key it was opened with', async () => {
    const { id, apiKey } = await callers.tenant();
    const { id: instanceId } = await callers.newInstance(apiKey);
    const all = await callers.key(id, {
      rights: ['instances:read', 'instances:write', 'access-tokens:read'],
    });
    for (const each of [all.apiKey, adminApiKey]) {
      const cookie = await callers.login(each);
      const { body } = await callers.call('GET', '/api/session', { cookie });
      expect(body.rights).toEqual(expect.arrayContaining(['instances:read', 'instances:write']));
      expect(JSON.stringify(body.rights)).not.toContain('access-tokens');
      const headers = { cookie, 'x-evergrant-tenant': id };
      const { status } = await callers.call('GET', `/api/instances/${instanceId}/access-token`, headers);
      expect(status).toBe(403);
    }
  });

  it('makes no key with a right that it has not itself, whatever key it was opened with', async () => {
    const { id } = await callers.tenant();
    const cookie = await callers.login(adminApiKey);
    const ask = (rights: string[]) =>
      callers.call(
        'POST',
        `/api/tenants/${id}/api-keys`,
        { cookie, origin: app.url },
        { name: 'From the console', rights },
      );
    for (const rights of [['access-tokens:read'], ['instances:read', 'access-tokens:read']]) {
      const { status, body } = await ask(rights);
      expect([status, body.errorCode, body.requiresReauth]).toEqual([403, 'FORBIDDEN', false]);
    }
    const { status, body } = await ask(['instances:read', 'instances:write']);
    expect([status, body.rights]).toEqual([201, ['instances:read', 'instances:write']]);
    const { items } = (await callers.call('GET', `/api/tenants/${id}/api-keys`, { cookie })).body as {
      items: { rights: string[] }[];
    };
    expect(items.flatMap(({ rights }) => rights)).not.toContain('access-tokens:read');
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
    ['an Origin allowed for CORS only', { origin: 'https://app.example.com' }, 403],
    ['neither Origin nor fetch metadata', {}, 403],
    ['fetch metadata of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['fetch metadata of a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
    ['our own Origin', { origin: 'OURS' }, 201],
    ['fetch metadata of our own page', { 'sec-fetch-site': 'same-origin' }, 201],
  ])(
    'with %s changes something only if one of our own pages asks (%j: %j)',
    async (_case, headers, expected) => {
      const { apiKey } = await callers.tenant();
      const cookie = await callers.login(apiKey);
      const given = {
        ...headers,
        ...('origin' in headers && headers.origin === 'OURS' ? { origin: app.url } : {}),
      };
      const { status, body } = await callers.call(
        'POST',
        '/api/instances',
        { cookie, ...given },
        { name: 'x' },
      );
      expect(status).toBe(expected);
      if (expected === 403) expect(body.errorCode).toBe('FORBIDDEN');
      // With a key no origin is needed, even if a cookie comes with it.
      const withKey = { cookie, ...given, ...bearer(apiKey) };
      expect((await callers.call('POST', '/api/instances', withKey, { name: 'y' })).status).toBe(201);
    },
  );

  it('cannot be opened by a foreign page', async () => {
    const { apiKey } = await callers.tenant();
    for (const [name, value] of [
      ['origin', 'https://evil.example'],
      ['sec-fetch-site', 'cross-site'],
    ] as const) {
      const refused = await callers.call('POST', '/api/session', { [name]: value }, { apiKey });
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect((await callers.call('POST', '/api/session', { origin: app.url }, { apiKey })).status).toBe(201);
  });

  it('gives way to a bearer key, though the key is wrong', async () => {
    const cookie = await callers.login((await callers.tenant()).apiKey);
    expect((await callers.call('GET', '/api/session', { cookie, ...bearer('wrong') })).status).toBe(401);
    const { body } = await callers.call('GET', '/api/session', { cookie, ...bearer(adminApiKey) });
    expect(body).toMatchObject({ operator: true, expiresAt: null });
  });

  it('ends with DELETE from our own page, and the cookie is cleared', async () => {
    const cookie = await callers.login((await callers.tenant()).apiKey);
    expect((await callers.call('DELETE', '/api/session', { cookie })).status).toBe(403);
    expect((await callers.call('GET', '/api/session', { cookie })).status).toBe(200);
    const ended = await callers.call('DELETE', '/api/session', { cookie, origin: app.url });
    expect(ended.status).toBe(204);
    expect(ended.headers.getSetCookie()[0]).toMatch(/^evergrant_session=; Max-Age=0; Path=\//);
    expect((await callers.call('GET', '/api/session', { cookie })).status).toBe(401);
    expect((await callers.call('DELETE', '/api/session', {})).status).toBe(204);
  });

  it('ends with its key', async () => {
    const { id } = await callers.tenant();
    const { id: keyId, apiKey } = await callers.key(id);
    const cookie = await callers.login(apiKey);
    await app.api('DELETE', `/api/tenants/${id}/api-keys/${keyId}`);
    expect((await callers.call('GET', '/api/session', { cookie })).status).toBe(401);
  });

  it('ends after twelve hours, and no later than its key expires', async () => {
    const { id, apiKey } = await callers.tenant();
    const brief = await callers.key(id, { expiresAt: await callers.fromNow(3600) });
    const [long, short] = [await callers.login(apiKey), await callers.login(brief.apiKey)];
    expect((await callers.call('GET', '/api/session', { cookie: short })).body.expiresAt).toBe(
      brief.expiresAt,
    );
    await app.advance(3601);
    expect((await callers.call('GET', '/api/session', { cookie: short })).status).toBe(401);
    expect((await callers.call('GET', '/api/session', { cookie: long })).status).toBe(200);
    await app.advance(11 * 3600);
    expect((await callers.call('GET', '/api/session', { cookie: long })).status).toBe(401);
  });

  it('is not opened by a wrong key, and not tried for without end', async () => {
    await app.advance(61);
    const attempt = () => callers.call('POST', '/api/session', {}, { apiKey: `eg_${'A'.repeat(43)}` });
    const answers = [];
    for (let n = 0; n < 21; n += 1) answers.push((await attempt()).status);
    expect(answers).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    const limited = await attempt();
    expect(limited.body).toMatchObject({ errorCode: 'RATE_LIMITED', requiresReauth: false });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    await app.advance(61);
    expect((await attempt()).status).toBe(401);
  });
});
