import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOutage } from '../harness/database/database-outage.js';
import { TestApp } from '../harness/test-app.js';
import {
  Attempt,
  connected,
  letIn,
  newBrowser,
  refresh,
  register,
  signInVariables,
} from './scripted-client.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

const unavailable = { status: 503, body: { error: 'temporarily_unavailable' } };

async function duringOutage<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = await startOutage(app.environment.DATABASE_URL!);
  try {
    return await work();
  } finally {
    await end();
  }
}

async function suspend(suspended: boolean): Promise<void> {
  const { body } = await app.api<{ items: { id: string; name: string }[] }>('GET', '/api/tenants');
  const { id } = body.items.find(({ name }) => name === 'default')!;
  await app.api('PATCH', `/api/tenants/${id}`, { suspended });
}

describe('while the database is out of reach', () => {
  it('a refresh is put off, and costs nothing', async () => {
    const { attempt, refreshToken } = await connected(app);
    const answer = await duringOutage(() => refresh(attempt, refreshToken));
    expect(answer).toMatchObject(unavailable);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refresh(attempt, refreshToken)).toMatchObject({ status: 200 });
  });

  it('a code is not spent', async () => {
    const attempt = new Attempt(app, String((await register(app)).body.client_id));
    const { code } = await letIn(attempt);
    expect(await duringOutage(() => attempt.redeem(code))).toMatchObject(unavailable);
    expect(await attempt.redeem(code)).toMatchObject({ status: 200 });
  });

  it('a registration is put off', async () => {
    expect(await duringOutage(() => register(app))).toMatchObject(unavailable);
  });

  it('a browser gets a page that says so', async () => {
    const attempt = new Attempt(app, String((await register(app)).body.client_id));
    const page = await duringOutage(() => newBrowser(app).open(attempt.url));
    expect(page.status).toBe(503);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('Nothing was lost');
  });
});

it('a code is spent by the request that stores its token, and by none that fails half-way', async () => {
  const attempt = new Attempt(app, String((await register(app)).body.client_id));
  const { code } = await letIn(attempt);
  await app.dataSource.query('ALTER TABLE person_tokens RENAME TO person_tokens_away');
  expect(await attempt.redeem(code)).toMatchObject({ status: 500 });
  await app.dataSource.query('ALTER TABLE person_tokens_away RENAME TO person_tokens');
  expect(await attempt.redeem(code)).toMatchObject({ status: 200 });
});

describe('while the tenant of a person is suspended', () => {
  it('a refresh is put off, and serves when it is resumed', async () => {
    const { attempt, refreshToken } = await connected(app);
    await suspend(true);
    const answer = await refresh(attempt, refreshToken);
    await suspend(false);
    expect(answer).toMatchObject(unavailable);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refresh(attempt, refreshToken)).toMatchObject({ status: 200 });
  });
});

it('what a person was deleted with, lets no client in any more', async () => {
  const { attempt, refreshToken } = await connected(app);
  await app.dataSource.query(
    'DELETE FROM people WHERE id = (SELECT person_id FROM person_authorizations WHERE client_id = $1)',
    [attempt.clientId],
  );
  expect(await refresh(attempt, refreshToken)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
});
