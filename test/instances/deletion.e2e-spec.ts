import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ ROLES: 'api,refresher' })));
afterAll(() => app.stop());

const scopes = ['openid', 'https://www.googleapis.com/auth/userinfo.email', gmailScopes.readonly];

/** An instance whose grant another program obtained. */
async function adopted(account: string): Promise<string> {
  const { refreshTokens } = await app.google.grantMany({
    accounts: [account],
    clientId: sandboxClientId,
    scopes,
  });
  const { id } = await app.createInstance();
  const path = `/api/instances/${id}/credentials`;
  expect((await app.api('PUT', path, { refreshToken: refreshTokens[0] })).status).toBe(200);
  return id;
}

async function consented(account: string): Promise<string> {
  await app.google.addAccount({ email: account });
  return (await app.connectedInstance({ account })).id;
}

/** What became of the account's grants at Google once nothing is left in the queue. */
async function endsAfterDeletion(id: string, account: string, query: string): Promise<(string | null)[]> {
  expect((await app.api('DELETE', `/api/instances/${id}${query}`)).status).toBe(204);
  await until(
    'nothing is queued',
    async () => (await app.dataSource.query<unknown[]>('SELECT id FROM revocations')).length === 0,
  );
  const { grants } = await app.google.ledger();
  return grants.filter((grant) => grant.account === account).map(({ endedBecause }) => endedBecause);
}

describe('deleting an instance', () => {
  it.each([
    ['consented', '', 'revoked-by-client'],
    ['consented', '?revoke=true', 'revoked-by-client'],
    ['consented', '?revoke=false', null],
    ['adopted', '', null],
    ['adopted', '?revoke=true', 'revoked-by-client'],
    ['adopted', '?revoke=false', null],
  ] as const)('leaves of a grant that was %s, asked with "%s", the end: %s', async (kind, query, end) => {
    const account = `${kind}${query.replaceAll(/\W/g, '')}@sandbox.test`;
    const id = kind === 'adopted' ? await adopted(account) : await consented(account);
    expect(await endsAfterDeletion(id, account, query)).toEqual([end]);
  });

  it.each([
    ['adopted', ''],
    ['consented', '?revoke=false'],
  ] as const)('destroys the %s tokens here all the same, asked with "%s"', async (kind, query) => {
    const account = `${kind}-destroyed@sandbox.test`;
    const id = kind === 'adopted' ? await adopted(account) : await consented(account);
    await app.api('DELETE', `/api/instances/${id}${query}`);
    const held = await app.dataSource.query<unknown[]>(
      'SELECT id FROM mcp_credentials WHERE email = $1 AND num_nonnulls(access_token, refresh_token) > 0',
      [account],
    );
    expect(held).toEqual([]);
  });

  it('revokes what a person granted here later, though a token had been adopted before', async () => {
    const account = 'later@sandbox.test';
    const id = await adopted(account);
    // Google gives a new refresh token when it is told to ask again.
    await app.google.configure({ issueRefreshToken: 'always' });
    await app.connect(id, { account });
    await app.google.configure({ issueRefreshToken: 'google' });
    const ends = await endsAfterDeletion(id, account, '');
    expect(ends.every((end) => end === 'revoked-by-client')).toBe(true);
  });

  it.each(['yes', '', '1'])('refuses revoke=%s, and deletes nothing', async (revoke) => {
    const { id } = await app.createInstance();
    expect(await app.api('DELETE', `/api/instances/${id}?revoke=${revoke}`)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED', field: 'revoke' },
    });
    expect((await app.api('GET', `/api/instances/${id}`)).status).toBe(200);
  });
});
