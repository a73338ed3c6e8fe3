import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox, passConsent } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { liveGrants } from '../harness/oauth/google-ledger.js';
import { ended, newPerson, tryAgain } from '../harness/people.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

const readonly = 'https://www.googleapis.com/auth/gmail.readonly';
const identity = ['openid', 'https://www.googleapis.com/auth/userinfo.email'];

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(async () => {
  await app.google.clearFaults();
  await app.google.configure({ issueRefreshToken: 'google' });
});

/** A consent of the wrong account for a mailbox that is connected. */
async function refuse(account: string): Promise<void> {
  const mailbox = await newMailbox(app);
  const end = await app.connect(mailbox.id, { account });
  expect(end.searchParams.get('error')).toBe('account_mismatch');
}

async function adopt(account: string, { clientId = sandboxClientId, scopes = [readonly] } = {}) {
  const { refreshTokens } = await app.google.grantMany({ accounts: [account], clientId, scopes });
  const { id } = await app.createInstance();
  const client = clientId === sandboxClientId ? {} : { clientId, clientSecret: 'the-secret' };
  const { status } = await app.api('PUT', `/api/instances/${id}/credentials`, {
    refreshToken: refreshTokens[0],
    ...client,
  });
  expect(status).toBe(200);
  return id;
}

describe('a grant that is refused is ended at Google', () => {
  it('of another account than the mailbox’s, which goes on', async () => {
    const other = await newPerson(app);
    const mailbox = await newMailbox(app);
    const end = await ended(await app.begin(mailbox.id), { account: other });
    expect(end.location).toContain('error=account_mismatch');
    expect(await liveGrants(app, other)).toBe(0);
    expect(await liveGrants(app, mailbox.account)).toBe(1);
    const again = await ended(await tryAgain(end), { account: mailbox.account });
    expect(again.location).toContain(`connected=${mailbox.id}`);
    await app.advance(3600);
    expect((await accessToken(app, mailbox.id)).status).toBe(200);
  });

  it('without a permission that is needed, and the next one lives', async () => {
    const person = await newPerson(app);
    const { id } = await app.createInstance();
    const end = await ended(await app.begin(id), { account: person, withoutScopes: [readonly] });
    expect(end.location).toContain('error=scope_missing');
    expect(await liveGrants(app, person)).toBe(0);
    expect((await ended(await tryAgain(end), { account: person })).location).toContain(`connected=${id}`);
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
  });

  it('when the tenant is deleted meanwhile', async () => {
    const name = 'Soon gone';
    const { body: tenant } = await app.api<{ id: string }>('POST', '/api/tenants', { name });
    const as = { 'x-evergrant-tenant': name };
    const { body: instance } = await app.api<{ id: string }>('POST', '/api/instances', { name: 'Box' }, as);
    const link = await app.api<{ authorizationUrl: string }>(
      'POST',
      `/api/instances/${instance.id}/start-oauth`,
      {},
      as,
    );
    const person = await newPerson(app);
    await app.google.addFault({ target: 'token', times: 1, fault: { kind: 'hold' } });
    const end = connectMailbox(link.body.authorizationUrl, { account: person });
    await app.google.heldRequests({ atLeast: 1 });
    expect((await app.api('DELETE', `/api/tenants/${tenant.id}`)).status).toBe(204);
    await app.google.release();
    expect(await end).toContain('error=state_expired');
    expect(await liveGrants(app, person)).toBe(0);
  });

  it('at the second attempt, should the first meet a fault', async () => {
    await app.google.addFault({
      target: 'revoke',
      times: 1,
      fault: { kind: 'error', status: 503, body: {} },
    });
    const other = await newPerson(app);
    await refuse(other);
    expect(await liveGrants(app, other)).toBe(0);
  });

  it('or left there when that cannot be done: the ending is the same', async () => {
    await app.google.addFault({ target: 'revoke', fault: { kind: 'error', status: 503, body: {} } });
    const other = await newPerson(app);
    await refuse(other);
    expect(await liveGrants(app, other)).toBe(1);
  });
});

describe('a grant that is refused is left alone, since a revocation would end others with it', () => {
  /** Google hands out a refresh token each time, so that nothing but the grants we hold stands against it. */
  async function refuseWithTokens(account: string): Promise<void> {
    await app.google.configure({ issueRefreshToken: 'always' });
    const before = await liveGrants(app, account);
    await refuse(account);
    expect(await liveGrants(app, account)).toBe(before + 1);
  }

  it('where the account is connected elsewhere', async () => {
    const mailbox = await newMailbox(app);
    await refuseWithTokens(mailbox.account);
  });

  it('where it was adopted elsewhere, by its address alone', async () => {
    const other = await newPerson(app);
    await adopt(other);
    await refuseWithTokens(other);
  });

  it('where it was adopted under another client of the same Cloud project', async () => {
    const clientId = `${sandboxClientId.split('-')[0]}-another.apps.sandbox.test`;
    await app.google.registerClient({ clientId, clientSecret: 'the-secret', redirectUris: [] });
    const other = await newPerson(app);
    await adopt(other, { clientId });
    await refuseWithTokens(other);
  });

  it('where its own grant is held and a permission was left out', async () => {
    const mailbox = await newMailbox(app);
    await app.google.configure({ issueRefreshToken: 'always' });
    const end = await app.connect(mailbox.id, { account: mailbox.account, withoutScopes: [readonly] });
    expect(end.searchParams.get('error')).toBe('scope_missing');
    await app.advance(3600);
    expect((await accessToken(app, mailbox.id)).status).toBe(200);
  });

  it('where the account had consented before, and another program may hold that grant', async () => {
    const person = await newPerson(app);
    await app.google.grantMany({ accounts: [person], clientId: sandboxClientId, scopes: [readonly] });
    const { location, cookie } = await app.begin((await app.createInstance()).id);
    const answer = await passConsent(location, { account: person });
    const again = await fetch(answer, { redirect: 'manual', headers: { cookie } });
    const explicitly = { location: again.headers.get('location')!, cookie };
    expect(new URL(explicitly.location).searchParams.get('prompt')).toContain('consent');
    const end = await ended(explicitly, { account: person, withoutScopes: [readonly] });
    expect(end.location).toContain('error=scope_missing');
    expect(await liveGrants(app, person)).toBeGreaterThanOrEqual(1);
  });

  it('where the grant of another consent is on its way into the database', async () => {
    const other = await newPerson(app);
    const browser = await app.begin((await app.createInstance()).id);
    await app.google.addFault({ target: 'token', times: 1, fault: { kind: 'hold' } });
    const underWay = ended(browser, { account: other });
    await app.google.heldRequests({ atLeast: 1 });
    await refuse(other);
    expect(await liveGrants(app, other)).toBe(1);
    await app.google.release();
    expect((await underWay).location).toContain('connected=');
  });

  it('where a grant is held of which nothing is known', async () => {
    const other = await newPerson(app);
    await app.google.addFault({ target: 'userinfo', fault: { kind: 'error', status: 503, body: {} } });
    const unknown = await adopt(await newPerson(app), { scopes: [...identity, readonly] });
    await app.google.clearFaults();
    await refuseWithTokens(other);
    await app.api('DELETE', `/api/instances/${unknown}`);
  });
});
