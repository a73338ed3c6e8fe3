import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Issuer } from '../../src/sign-in/issuer/issuer.js';
import { SignInPruning } from '../../src/sign-in/upkeep/sign-in-pruning.js';
import { TestApp } from '../harness/test-app.js';
import { Attempt, connected, letIn, refresh, register, signInVariables } from './scripted-client.js';

const day = 24 * 3600;

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

async function count(table: string, clientId: unknown): Promise<number> {
  const sql = `SELECT count(*)::int AS n FROM ${table} WHERE client_id = $1`;
  const [found] = await app.dataSource.query<{ n: number }[]>(sql, [clientId]);
  return found?.n ?? 0;
}

async function keyIds(): Promise<unknown[]> {
  const { keys } = (await (await fetch(`${app.url}/jwks`)).json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

it('forgets a client that was let do nothing after a week, and an authorization that no token came of', async () => {
  const idle = (await register(app)).body.client_id;
  const used = await connected(app);
  const half = new Attempt(app, String((await register(app)).body.client_id));
  await letIn(half);
  await app.advance(8 * day);
  await app.part(SignInPruning).prune();
  expect(await count('sign_in_clients', idle)).toBe(0);
  expect(await count('person_authorizations', half.clientId)).toBe(0);
  expect(await count('sign_in_clients', used.attempt.clientId)).toBe(1);
  expect(await refresh(used.attempt, used.refreshToken)).toMatchObject({ status: 200 });
});

it('publishes a new signing key a day before it signs, and the old one a day after', async () => {
  const renewed = async (days: number): Promise<unknown[]> => {
    await app.advance(days * day);
    await app.part(Issuer).renew();
    return keyIds();
  };
  const [first] = await keyIds();
  const [signing, next] = await renewed(90);
  expect([signing, typeof next]).toEqual([first, 'string']);
  expect(await renewed(1.5)).toEqual([next, first]);
  expect(await renewed(1)).toEqual([next]);
});
