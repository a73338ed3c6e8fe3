import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { ended, newPerson, read, tryAgain } from '../harness/people.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

const readonly = ['https://www.googleapis.com/auth/gmail.readonly'];
const sendOnly = ['https://www.googleapis.com/auth/gmail.send'];
const identity = ['openid', 'https://www.googleapis.com/auth/userinfo.email'];

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

/** A refresh token as another program got it under the same OAuth client. */
async function tokenFromElsewhere(account: string, scopes: readonly string[]): Promise<string> {
  const { refreshTokens } = await app.google.grantMany({
    accounts: [account],
    clientId: sandboxClientId,
    scopes: [...scopes],
  });
  return refreshTokens[0]!;
}

function adopt(id: string, refreshToken: string) {
  return app.api('PUT', `/api/instances/${id}/credentials`, { refreshToken });
}

/** An instance that adopted a token without identity scopes, as a single-user server holds one. */
async function adopted(account: string): Promise<string> {
  const { id } = await app.createInstance();
  expect((await adopt(id, await tokenFromElsewhere(account, readonly))).status).toBe(200);
  return id;
}

/** An instance with a grant of which neither subject nor address is known: userinfo was down when it was adopted. */
async function adoptedUnknown(account: string, scopes: readonly string[] = readonly): Promise<string> {
  const { id } = await app.createInstance({ scopes });
  const refreshToken = await tokenFromElsewhere(account, [...identity, ...scopes]);
  await app.google.addFault({ target: 'userinfo', fault: { kind: 'error', status: 503, body: {} } });
  expect((await adopt(id, refreshToken)).body).toMatchObject({ email: null, oauthStatus: 'completed' });
  await app.google.clearFaults();
  return id;
}

async function connect(id: string, account: string): Promise<string> {
  const { search } = await app.connect(id, { account });
  return search;
}

async function emailOf(id: string): Promise<unknown> {
  return (await app.api('GET', `/api/instances/${id}`)).body.email;
}

/** The grant of the account still serves, and Gmail still opens with it. */
async function expectStillServes(id: string, account: string): Promise<void> {
  await app.advance(3600);
  const { status, body } = await accessToken(app, id);
  expect(status).toBe(200);
  const profile = await fetch(`${app.environment.GMAIL_API_URL}/gmail/v1/users/me/profile`, {
    headers: { authorization: `Bearer ${body.accessToken}` },
  });
  expect(await profile.json()).toMatchObject({ emailAddress: account });
}

describe('a mailbox whose grant names no subject', () => {
  it('is not swapped for another account by a reconnect, which names both', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adopted(owner);
    const end = await ended(await app.begin(id), { account: other });
    expect(new URL(end.location).searchParams.get('error')).toBe('account_mismatch');
    expect(await read(end)).toContain(`You signed in as ${other}, but this connection belongs to ${owner}.`);
    expect(await emailOf(id)).toBe(owner);
    await expectStillServes(id, owner);
  });

  it('is not swapped by adopting another account’s token, with or without a subject', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adopted(owner);
    for (const scopes of [readonly, [...identity, ...readonly]]) {
      const { status, body } = await adopt(id, await tokenFromElsewhere(other, scopes));
      expect([status, body.errorCode]).toEqual([409, 'ACCOUNT_MISMATCH']);
    }
    await expectStillServes(id, owner);
  });

  it('is connected again by its owner, whose subject is known from then on', async () => {
    const owner = await newPerson(app);
    const id = await adopted(owner);
    expect(await connect(id, owner)).toContain(`connected=${id}`);
    await expectStillServes(id, owner);
    // Another account's token with the address of the owner would not do now.
    const other = await tokenFromElsewhere(await newPerson(app), [...identity, ...readonly]);
    expect((await adopt(id, other)).status).toBe(409);
  });

  it('stays the address’s when its grant has ended', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adopted(owner);
    await app.google.revokeGrants({ account: owner });
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(401);
    expect(await connect(id, other)).toContain('error=account_mismatch');
    expect(await connect(id, owner)).toContain(`connected=${id}`);
  });
});

describe('a mailbox whose subject is known', () => {
  it('takes a token without identity scopes for the same address only', async () => {
    const mailbox = await newMailbox(app);
    const other = await tokenFromElsewhere(await newPerson(app), readonly);
    expect((await adopt(mailbox.id, other)).status).toBe(409);
    expect((await adopt(mailbox.id, await tokenFromElsewhere(mailbox.account, readonly))).status).toBe(200);
    await expectStillServes(mailbox.id, mailbox.account);
  });
});

describe('a mailbox whose owner is not known at all', () => {
  it('is asked who it is, and not swapped', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adoptedUnknown(owner);
    expect(await connect(id, other)).toContain('error=account_mismatch');
    expect(await emailOf(id)).toBe(owner);
    await expectStillServes(id, owner);
  });

  it('is connected again by its owner', async () => {
    const owner = await newPerson(app);
    const id = await adoptedUnknown(owner);
    expect(await connect(id, owner)).toContain(`connected=${id}`);
    await expectStillServes(id, owner);
  });

  it.each([
    ['Gmail', 'gmail', { kind: 'error', status: 503, body: {} }],
    ['the way to Gmail', 'gmail', { kind: 'reset' }],
    ['Google’s refusal of the access token', 'gmail', { kind: 'error', status: 401, body: {} }],
  ] as const)(
    'keeps its grant through a fault of %s, and lets the person try again',
    async (_case, target, fault) => {
      const [owner, other] = [await newPerson(app), await newPerson(app)];
      const id = await adoptedUnknown(owner);
      await app.google.addFault({ target, fault });
      const end = await ended(await app.begin(id), { account: other });
      expect(new URL(end.location).searchParams.get('error')).toBe('provider_unavailable');
      await app.google.clearFaults();
      const { body } = await app.api('GET', `/api/instances/${id}`);
      expect(body).toMatchObject({ oauthStatus: 'completed', requiresReauth: false, email: null });
      const again = await ended(await tryAgain(end), { account: owner });
      expect(again.location).toContain(`connected=${id}`);
      await expectStillServes(id, owner);
    },
  );

  it('says to come back when a token is offered for it meanwhile', async () => {
    const owner = await newPerson(app);
    const id = await adoptedUnknown(owner);
    const other = await tokenFromElsewhere(await newPerson(app), [...identity, ...readonly]);
    await app.google.addFault({ target: 'gmail', fault: { kind: 'error', status: 503, body: {} } });
    const { status, headers, body } = await adopt(id, other);
    expect([status, body.errorCode, body.requiresReauth]).toEqual([503, 'SERVICE_UNAVAILABLE', false]);
    expect(headers.get('retry-after')).not.toBeNull();
    await app.google.clearFaults();
    await expectStillServes(id, owner);
  });

  it('is not given to another account where its scopes never open the profile', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adoptedUnknown(owner, sendOnly);
    expect(await connect(id, other)).toContain('error=account_mismatch');
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
  });

  it('is free once Google has ended its grant', async () => {
    const [owner, other] = [await newPerson(app), await newPerson(app)];
    const id = await adoptedUnknown(owner);
    await app.google.revokeGrants({ account: owner });
    expect(await connect(id, other)).toContain(`connected=${id}`);
    await expectStillServes(id, other);
  });
});
