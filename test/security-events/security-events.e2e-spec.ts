import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { eventsOf } from '../harness/audit-events.js';
import { Callers } from '../harness/callers.js';
import { startOutage } from '../harness/database/database-outage.js';
import { newMailbox } from '../harness/mailboxes.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';
import { markOf, newAccount, posted, pushed, untouched } from './pushed-events.js';

const formerClient = { clientId: '500000000005-former.apps.sandbox.test', clientSecret: 'former-secret' };
const foreignClient = { clientId: '600000000006-foreign.apps.sandbox.test', clientSecret: 'foreign-secret' };
const scopes = ['openid', 'email', 'https://www.googleapis.com/auth/gmail.readonly'];

let app: TestApp;
/** The one that started last: Nest logs there for all. */
let replica: TestApp;
let callers: Callers;
beforeAll(async () => {
  const former = {
    GOOGLE_FORMER_CLIENTS: `${formerClient.clientId}:${formerClient.clientSecret}`,
  };
  app = await TestApp.start(former);
  replica = await TestApp.start(former, { beside: app });
  callers = new Callers(app);
  for (const client of [formerClient, foreignClient])
    await app.google.registerClient({ ...client, redirectUris: [`${app.url}/oauth/callback`] });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});

/** A mailbox whose consent is older than any event from now on, long after the suspects that another test made. */
async function mailbox() {
  const made = await newMailbox(app);
  await app.advance(301);
  return made;
}

/** The same account, connected in a tenant of its own. */
async function inAnotherTenant(
  account: string,
): Promise<{ tenantId: string; instanceId: string; apiKey: string }> {
  const { id: tenantId, apiKey } = await callers.tenant();
  const { id: instanceId } = await callers.newInstance(apiKey);
  const link = await callers.asKey(apiKey, 'POST', `/api/instances/${instanceId}/start-oauth`, {});
  await connectMailbox(String(link.body.authorizationUrl), { account });
  return { tenantId, instanceId, apiKey };
}

/** An instance that holds a refresh token which was granted elsewhere. */
async function adopted(
  account: string,
  client: typeof foreignClient,
): Promise<{ id: string; refreshToken: string }> {
  const { refreshTokens } = await app.google.grantMany({
    accounts: [account],
    clientId: client.clientId,
    scopes,
  });
  const { id } = await app.createInstance({ scopes: ['gmail.readonly'] });
  const refreshToken = refreshTokens[0]!;
  const { status } = await app.api('PUT', `/api/instances/${id}/credentials`, { refreshToken, ...client });
  expect(status).toBe(200);
  await app.advance(2);
  return { id, refreshToken };
}

function googleHash(token: string): string {
  return createHash('sha512').update(createHash('sha512').update(token).digest()).digest('base64');
}

const suspect = { ...untouched, verdict: 'suspect' };

describe('an event that calls grants dead', () => {
  it.each([
    ['tokens-revoked', 'tokens_revoked', undefined],
    ['account-disabled', 'account_disabled', 'hijacking'],
    ['account-purged', 'account_purged', undefined],
  ] as const)(
    '%s marks those of the account in all tenants at once, and none else',
    async (type, told, reason) => {
      const ours = await mailbox();
      const theirs = await inAnotherTenant(ours.account);
      const bystander = await mailbox();
      const ofForeignClient = await adopted(ours.account, foreignClient);
      expect((await accessToken(app, ours.id)).status).toBe(200);
      expect((await accessToken(replica, ours.id)).status).toBe(200);

      const event = { type, account: ours.account, ...(reason === undefined ? {} : { reason }) };
      expect(await pushed(app, event)).toMatchObject({ status: 202, body: '' });
      for (const id of [ours.id, theirs.instanceId])
        expect(await markOf(app, id)).toEqual({ ...suspect, errorReason: told });
      for (const id of [bystander.id, ofForeignClient.id]) expect(await markOf(app, id)).toEqual(untouched);

      const { status, body } = await accessToken(app, ours.id);
      expect([status, body.errorCode, body.requiresReauth, body.reason]).toEqual([
        ...[401, 'INVALID_REFRESH_TOKEN', true, told],
      ]);
      expect((await accessToken(app, bystander.id)).status).toBe(200);
    },
  );

  it('is in the log of every tenant concerned, and counted', async () => {
    const ours = await mailbox();
    const { tenantId } = await inAnotherTenant(ours.account);
    await app.advance(2);
    const events = await eventsOf(replica, () =>
      pushed(app, { type: 'tokens-revoked', account: ours.account }),
    );
    expect(events.map(({ event }) => event)).toEqual([
      ...['grant.reported', 'grant.reported', 'security_event.received'],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'tokens-revoked', outcome: 'applied' });
    const headers = { 'x-evergrant-tenant': tenantId };
    const { body } = await app.api('GET', '/api/audit?event=grant.reported', undefined, headers);
    expect(body.items).toMatchObject([
      {
        actor: { kind: 'provider', id: 'google' },
        details: { reason: 'tokens_revoked', outcome: 'suspect', credentialIds: [expect.any(String)] },
        tenantId,
      },
    ]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(
      /^evergrant_security_events_total\{type="tokens-revoked",outcome="applied"\} [1-9]/m,
    );
  });

  it('is final only when Google says so a minute later', async () => {
    const dead = await mailbox();
    const slip = await mailbox();
    await app.google.revokeGrants({ account: dead.account });
    for (const { account } of [dead, slip])
      expect((await pushed(app, { type: 'tokens-revoked', account })).status).toBe(202);
    await app.advance(61);
    expect((await accessToken(app, dead.id)).status).toBe(401);
    expect(await markOf(app, dead.id)).toMatchObject({ verdict: 'failed', holdsToken: false });
    expect((await accessToken(app, slip.id)).status).toBe(200);
    expect(await markOf(app, slip.id)).toEqual(untouched);
  });

  it('older than a new consent leaves that alone', async () => {
    const { id, account } = await mailbox();
    await app.advance(60);
    await app.connect(id, { account });
    expect((await pushed(app, { type: 'tokens-revoked', account, agoSeconds: 30 })).status).toBe(202);
    expect(await markOf(app, id)).toEqual(untouched);
    await app.advance(2);
    await pushed(app, { type: 'tokens-revoked', account });
    expect(await markOf(app, id)).toMatchObject({ verdict: 'suspect' });
  });

  it('older than a refresh has Google asked, and costs no person anything', async () => {
    const { id, account } = await mailbox();
    await app.advance(3_600);
    expect((await accessToken(app, id)).status).toBe(200);
    await pushed(app, { type: 'tokens-revoked', account, agoSeconds: 60 });
    expect(await markOf(app, id)).toEqual({ ...untouched, isDue: true });
  });

  it('is for the clients of its audience alone, former ones too', async () => {
    const { id, account } = await mailbox();
    await pushed(app, { type: 'tokens-revoked', account, audience: formerClient.clientId });
    expect(await markOf(app, id)).toEqual(untouched);
    const audience = ['unknown', sandboxClientId];
    expect((await pushed(app, { type: 'tokens-revoked', account, audience })).status).toBe(202);
    expect(await markOf(app, id)).toMatchObject({ verdict: 'suspect' });
  });

  it('reaches the accounts of either kind of subject', async () => {
    const { id, account } = await mailbox();
    await pushed(app, { type: 'tokens-revoked', account, subjectType: 'id_token_claims' });
    expect(await markOf(app, id)).toMatchObject({ verdict: 'suspect' });
  });
});

describe('an event about one refresh token', () => {
  it.each(['prefix', 'hash_base64_sha512_sha512'] as const)('marks its grant alone, by %s', async (alg) => {
    const account = await newAccount(app);
    const client = { clientId: sandboxClientId, clientSecret: app.environment.GOOGLE_CLIENT_SECRET! };
    const named = await adopted(account, client);
    const sibling = await mailbox();
    const value = alg === 'prefix' ? named.refreshToken.slice(0, 16) : googleHash(named.refreshToken);
    expect((await pushed(app, { type: 'token-revoked', token: { alg, value } })).status).toBe(202);
    expect(await markOf(app, named.id)).toEqual({ ...suspect, errorReason: 'token_revoked' });
    expect(await markOf(app, sibling.id)).toEqual(untouched);
    const [{ stored }] = await app.dataSource.query<[{ stored: string }]>(
      'SELECT json_agg(c)::text AS stored FROM mcp_credentials c',
    );
    expect(stored).not.toContain(value);
  });

  it('means no earlier token of the grant', async () => {
    const account = await newAccount(app);
    const client = { clientId: sandboxClientId, clientSecret: app.environment.GOOGLE_CLIENT_SECRET! };
    const { id, refreshToken } = await adopted(account, client);
    const another = { alg: 'prefix', value: '1//of-another-one' } as const;
    expect((await pushed(app, { type: 'token-revoked', token: another })).status).toBe(202);
    await app.google.configure({ rotation: 'rotate' });
    await app.advance(3_600);
    await accessToken(app, id);
    await app.google.configure({ rotation: 'none' });
    await app.advance(2);
    const token = { alg: 'prefix', value: refreshToken.slice(0, 16) } as const;
    expect((await pushed(app, { type: 'token-revoked', token })).status).toBe(202);
    expect(await markOf(app, id)).toEqual(untouched);
  });
});

describe('an event that says nothing of grants', () => {
  it.each(['sessions-revoked', 'account-credential-change-required', 'account-enabled'])(
    '%s has Google asked for the grants in use, and no person',
    async (type) => {
      const { id, account } = await mailbox();
      const bystander = await mailbox();
      expect((await pushed(app, { type, account })).status).toBe(202);
      expect(await markOf(app, id)).toEqual({ ...untouched, isDue: true });
      expect(await markOf(app, bystander.id)).toEqual(untouched);
      expect((await accessToken(app, id)).status).toBe(200);
    },
  );

  it('verifies the stream, or is of a kind to come, and is taken', async () => {
    const before = await mailbox();
    for (const type of ['verification', 'https://example.com/event-type/new']) {
      const events = await eventsOf(replica, async () =>
        expect((await pushed(app, { type, account: before.account, state: 'hello' })).status).toBe(202),
      );
      expect(events).toMatchObject([{ event: 'security_event.received', outcome: 'no_match' }]);
    }
    expect(await markOf(app, before.id)).toEqual(untouched);
  });
});

describe('a token that Google did not send to us', () => {
  it.each([
    [
      'signed by a stranger under a key id of Google’s',
      { signedBy: 'stranger-under-its-key-id' },
      'invalid_key',
    ],
    ['signed with a key that is not known', { signedBy: 'stranger' }, 'invalid_key'],
    ['not signed', { signedBy: 'nobody' }, 'invalid_key'],
    ['of another issuer', { issuer: 'https://accounts.google.com' }, 'invalid_issuer'],
    ['for another client', { audience: foreignClient.clientId }, 'invalid_audience'],
    ['from the future', { agoSeconds: -900 }, 'invalid_request'],
    ['of three weeks ago', { agoSeconds: 21 * 86_400 }, 'invalid_request'],
    ['called JSON', { contentType: 'application/json' }, undefined],
  ] as const)('is refused: %s', async (_what, changes, err) => {
    const { id, account } = await mailbox();
    const { status, body } = await pushed(app, {
      ...{ type: 'tokens-revoked', account },
      ...(changes as Partial<Parameters<typeof pushed>[1]>),
    });
    expect(status).toBe(400);
    const said = JSON.parse(body) as Record<string, unknown>;
    expect(Object.keys(said).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
    expect([said.errorCode, said.err]).toEqual(['VALIDATION_FAILED', err]);
    expect(await markOf(app, id)).toEqual(untouched);
  });

  it('is refused with a signature that was changed, or no token at all', async () => {
    const { id, account } = await mailbox();
    const { token } = await pushed(app, { type: 'verification', account });
    const [header, payload = '', signature] = token.split('.');
    const claimed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const claims = { ...claimed, jti: 'other' };
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    for (const [text, err] of [
      [forged, 'invalid_key'],
      ['a.b.c', 'invalid_request'],
      ['', 'invalid_request'],
    ] as const) {
      const response = await posted(app, text);
      expect([text.slice(0, 5), response.status, ((await response.json()) as { err: string }).err]).toEqual([
        ...[text.slice(0, 5), 400, err],
      ]);
    }
    expect((await posted(app, 'x'.repeat(20_000))).status).toBe(413);
    expect(await markOf(app, id)).toEqual(untouched);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/^evergrant_security_events_refused_total\{code="invalid_key"\} [1-9]/m);
  });

  it('is no id_token of Google’s, though its keys sign both', async () => {
    const { id } = await mailbox();
    const idTokenLike = await pushed(app, { type: 'tokens-revoked', issuer: 'https://accounts.google.com' });
    expect(idTokenLike.status).toBe(400);
    expect(await markOf(app, id)).toEqual(untouched);
  });
});

describe('a token that comes again', () => {
  it('is taken, and not acted upon again, by any process', async () => {
    const { id, account } = await mailbox();
    const { token } = await pushed(app, { type: 'tokens-revoked', account });
    await app.advance(61);
    expect((await accessToken(app, id)).status).toBe(200);
    await app.dataSource.query(
      'UPDATE mcp_credentials SET last_refreshed_at = oauth_completed_at WHERE email = $1',
      [account],
    );
    for (const each of [app, replica]) {
      const events = await eventsOf(replica, async () =>
        expect((await posted(each, token)).status).toBe(202),
      );
      expect(events.at(-1)).toMatchObject({ event: 'security_event.received', outcome: 'repeated' });
    }
    expect(await markOf(app, id)).toEqual(untouched);
  });

  it('to two processes at once is acted upon by one', async () => {
    const { account, id } = await mailbox();
    const jti = `at-once-${account}`;
    const answers = await Promise.all(
      [app, replica, app, replica].map((each) => pushed(each, { type: 'tokens-revoked', account, jti })),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const reports = await app.dataSource.query<unknown[]>(
      `SELECT 1 FROM credential_events WHERE event = 'report'
         AND credential_id = (SELECT credential_id FROM mcp_instances WHERE id = $1)`,
      [id],
    );
    expect(reports).toHaveLength(1);
  });

  it('is forgotten once it would be refused for its age', async () => {
    await pushed(app, { type: 'verification' });
    await app.advance(16 * 86_400);
    await pushed(app, { type: 'verification' });
    const [{ kept }] = await app.dataSource.query<[{ kept: number }]>(
      'SELECT count(*)::int AS kept FROM security_events',
    );
    expect(kept).toBe(1);
  });
});

describe('very many events at once', () => {
  it('about one tenant’s accounts are held as a spike, and end no other tenant’s grants', async () => {
    const { apiKey } = await callers.tenant();
    const accounts: string[] = [];
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      const account = await newAccount(app);
      accounts.push(account);
      const { id } = await callers.newInstance(apiKey);
      const link = await callers.asKey(apiKey, 'POST', `/api/instances/${id}/start-oauth`, {});
      await connectMailbox(String(link.body.authorizationUrl), { account });
      ids.push(id);
    }
    const bystander = await mailbox();
    for (const account of accounts) await pushed(app, { type: 'tokens-revoked', account });
    const answer = await callers.asKey(apiKey, 'GET', `/api/instances/${ids[0]}`);
    expect([answer.body.requiresReauth, answer.body.oauthStatus]).toEqual([false, 'completed']);
    expect(await markOf(app, bystander.id)).toEqual(untouched);
    expect((await accessToken(app, bystander.id)).status).toBe(200);
  });
});

describe('while the database is away', () => {
  it('Google is asked to send the token again', async () => {
    const { id, account } = await mailbox();
    const end = await startOutage(app.environment.DATABASE_URL!);
    const jti = `outage-${account}`;
    try {
      expect((await pushed(app, { type: 'tokens-revoked', account, jti })).status).toBe(503);
    } finally {
      await end();
    }
    expect((await pushed(app, { type: 'tokens-revoked', account, jti })).status).toBe(202);
    expect(await markOf(app, id)).toMatchObject({ verdict: 'suspect' });
  });
});
