import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonTokens } from '../../src/identity/index.js';
import { TestApp } from '../harness/test-app.js';
import { connected, refresh, signInVariables } from './scripted-client.js';

const minute = 60;

let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  app = await TestApp.start(signInVariables);
  other = await TestApp.start({ ...signInVariables, PUBLIC_URL: app.environment.publicUrl }, { beside: app });
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

describe('a refresh token', () => {
  it('that twenty processes of a client use at once gives them all the same successor', async () => {
    const { attempt, refreshToken } = await connected(app);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_each, n) => refresh(attempt, refreshToken, [app, other][n % 2]?.url)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    const tokens = answers.map(({ body }) => String(body.access_token));
    expect(await Promise.all(tokens.map((each) => app.part(PersonTokens).verify(each)))).not.toContain(null);
    expect(await refresh(attempt, String(answers[0]?.body.refresh_token))).toMatchObject({ status: 200 });
  });

  it('answers with the same successor for half an hour, though that was used already', async () => {
    const { attempt, refreshToken } = await connected(app);
    const first = await refresh(attempt, refreshToken);
    const successor = String(first.body.refresh_token);
    const second = await refresh(attempt, successor);
    await app.advance(29 * minute);
    const late = await refresh(attempt, refreshToken, other.url);
    expect(late.body.refresh_token).toBe(successor);
    expect(await refresh(attempt, String(second.body.refresh_token))).toMatchObject({ status: 200 });
  });

  it('that is used again later ends all that follows from it, and the audit log says so', async () => {
    const { attempt, refreshToken } = await connected(app);
    const next = await refresh(attempt, refreshToken);
    await app.advance(31 * minute);
    expect(await refresh(attempt, refreshToken)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    const { body } = await app.api('GET', '/api/audit?event=authorization.revoked&limit=1');
    expect(body.items).toMatchObject([
      { details: { reason: 'refresh_token_reused', clientId: attempt.clientId } },
    ]);
    expect(await refresh(attempt, String(next.body.refresh_token))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await other.part(PersonTokens).verify(String(next.body.access_token))).toBeNull();
  });

  it('lives as long as it is used within 180 days, and no longer', async () => {
    const { attempt, refreshToken } = await connected(app);
    await app.advance(179 * 24 * 3600);
    const next = await refresh(attempt, refreshToken);
    expect(next.status).toBe(200);
    await app.advance(179 * 24 * 3600);
    const last = await refresh(attempt, String(next.body.refresh_token));
    expect(last.status).toBe(200);
    await app.advance(181 * 24 * 3600);
    expect(await refresh(attempt, String(last.body.refresh_token))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('is of its client alone', async () => {
    const [one, another] = [await connected(app), await connected(app)];
    expect(await refresh(another.attempt, one.refreshToken)).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    expect(await refresh(one.attempt, one.refreshToken)).toMatchObject({ status: 200 });
  });

  it('ends with its authorization when the client revokes it', async () => {
    const { attempt, refreshToken, accessToken } = await connected(app);
    const body = new URLSearchParams({ token: refreshToken, client_id: attempt.clientId });
    expect((await fetch(`${app.url}/revoke`, { method: 'POST', body })).status).toBe(200);
    expect(await refresh(attempt, refreshToken)).toMatchObject({ body: { error: 'invalid_grant' } });
    expect(await app.part(PersonTokens).verify(accessToken)).toBeNull();
  });
});

describe('an access token', () => {
  it('ends after an hour', async () => {
    const { accessToken } = await connected(app);
    expect(await app.part(PersonTokens).verify(accessToken)).not.toBeNull();
    await app.advance(61 * minute);
    expect(await app.part(PersonTokens).verify(accessToken)).toBeNull();
  });
});

describe('what is stored', () => {
  it('lets no one in who reads the database', async () => {
    const { attempt, refreshToken, accessToken, browser } = await connected(app);
    const page = await browser.open(attempt.url);
    const tables = ['sign_in_records', 'sign_in_clients', 'signing_keys', 'person_tokens', 'person_sessions'];
    const dumps = await Promise.all(
      tables.map((table) => app.dataSource.query<{ row: string }[]>(`SELECT t::text AS row FROM ${table} t`)),
    );
    const dump = dumps
      .flat()
      .map(({ row }) => row)
      .join('\n');
    const uid = page.url.pathname.split('/').at(-1) ?? '';
    for (const secret of [refreshToken, accessToken, uid, attempt.state, 'Scripted'])
      expect(dump.includes(secret)).toBe(false);
    expect(app.log.some((line) => line.includes(refreshToken) || line.includes(uid))).toBe(false);
  });
});
