import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox, until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { sandboxClientId, TestApp, type CreatedInstance } from '../harness/test-app.js';

function scope(name: string) {
  return `https://www.googleapis.com/auth/gmail.${name}`;
}

let app: TestApp;
let accounts = 0;
beforeAll(async () => {
  app = await TestApp.start({ ROLES: 'api,refresher' });
  await app.dataSource.query("INSERT INTO tenants (name) VALUES ('other')");
});
afterAll(() => app.stop());
afterEach(async () => {
  await app.google.clearFaults();
  await app.google.configure({ rotation: 'none' });
});

async function newAccount(): Promise<string> {
  const account = `pooled${++accounts}@sandbox.test`;
  await app.google.addAccount({ email: account });
  return account;
}

async function connected(account: string, input: Record<string, unknown> = {}): Promise<CreatedInstance> {
  const instance = await app.createInstance(input);
  await connect(instance, account);
  return instance;
}

async function connect({ id }: CreatedInstance, account: string): Promise<void> {
  const end = await app.connect(id, { account });
  expect(end.searchParams.get('connected')).toBe(id);
}

/** A grant that opens more than the instance asks for is shown to those who say so. */
function widerToken({ id }: CreatedInstance) {
  return accessToken(app, id, { query: '?allowWider=true' });
}

function disconnect({ id }: CreatedInstance) {
  return app.api('DELETE', `/api/instances/${id}`);
}

/** How the revocation of the account's grants ended; waits until nothing of it is queued. */
async function revocationsOf(account: string): Promise<string[]> {
  await until('the queue is empty', async () => {
    const [queue] = await app.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int FROM revocations r JOIN mcp_credentials c ON c.id = r.credential_id WHERE c.email = $1',
      [account],
    );
    return queue!.count === 0;
  });
  const ended = await app.dataSource.query<{ outcome: string }[]>(
    `SELECT e.outcome FROM credential_events e JOIN mcp_credentials c ON c.id = e.credential_id
     WHERE c.email = $1 AND e.event = 'revocation' ORDER BY e.id`,
    [account],
  );
  return ended.map(({ outcome }) => outcome);
}

async function inOtherTenant(account: string): Promise<CreatedInstance> {
  const tenant = { 'x-evergrant-tenant': 'other' };
  const { body } = await app.api<CreatedInstance>('POST', '/api/instances', { name: 'Theirs' }, tenant);
  const link = await app.api<{ authorizationUrl: string }>(
    'POST',
    `/api/instances/${body.id}/start-oauth`,
    {},
    tenant,
  );
  await connectMailbox(link.body.authorizationUrl, { account });
  return body;
}

describe('two instances on one Google account', () => {
  it('share one refresh, also of a rotating token', async () => {
    await app.google.configure({ rotation: 'rotate-and-revoke-family' });
    const account = await newAccount();
    const [one, other] = [await connected(account), await connected(account)];
    await app.advance(3600);
    const answers = await Promise.all([one, other, one, other].map(({ id }) => accessToken(app, id)));
    expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
    expect(await refreshesAtGoogle(app, account)).toBe(1);
  });

  it('do not disturb each other when one is disconnected', async () => {
    const account = await newAccount();
    const [one, other] = [await connected(account), await connected(account)];
    expect((await disconnect(one)).status).toBe(204);
    await app.advance(3600);
    expect((await accessToken(app, one.id)).status).toBe(404);
    expect((await accessToken(app, other.id)).status).toBe(200);
    expect(await revocationsOf(account)).toEqual([]);
  });

  it('leave no token behind when both are disconnected at once, and the grant ends at Google', async () => {
    const account = await newAccount();
    const both = [await connected(account), await connected(account)];
    const answers = await Promise.all(both.map(disconnect));
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    const held = await app.dataSource.query<unknown[]>(
      'SELECT id FROM mcp_credentials WHERE email = $1 AND num_nonnulls(access_token, refresh_token) > 0',
      [account],
    );
    expect(held).toEqual([]);
    expect(await revocationsOf(account)).toEqual(['revoked']);
    expect(await liveGrants(app, account)).toBe(0);
  });

  it('are both healed by one consent', async () => {
    const account = await newAccount();
    const [one, other] = [await connected(account), await connected(account)];
    await app.google.revokeGrants({ account });
    await app.advance(3600);
    expect((await accessToken(app, one.id)).status).toBe(401);
    await connect(one, account);
    expect((await accessToken(app, other.id)).status).toBe(200);
  });
});

describe('two instances on one account with unlike scopes', () => {
  it('keep a grant each: a narrower consent takes nothing from its sibling', async () => {
    const account = await newAccount();
    const wide = await connected(account, { scopes: [scope('modify')] });
    const narrow = await connected(account, { scopes: [scope('readonly')] });
    expect((await accessToken(app, wide.id)).body.scope).toContain('gmail.modify');
    expect((await accessToken(app, narrow.id)).body.scope).not.toContain('gmail.modify');
    await disconnect(narrow);
    // Revoking the narrow grant would end the wide one with it.
    expect(await revocationsOf(account)).toEqual(['kept_for_other_grants']);
    await app.advance(3600);
    expect((await accessToken(app, wide.id)).status).toBe(200);
  });

  it('are both healed by a consent that covers both', async () => {
    const account = await newAccount();
    const wide = await connected(account, { scopes: [scope('modify')] });
    const narrow = await connected(account, { scopes: [scope('readonly')] });
    await app.google.revokeGrants({ account });
    await app.advance(3600);
    for (const instance of [wide, narrow]) expect((await accessToken(app, instance.id)).status).toBe(401);
    await connect(wide, account);
    expect((await widerToken(narrow)).status).toBe(200);
  });
});

describe('an instance whose scopes were narrowed', () => {
  async function narrowed(account: string): Promise<CreatedInstance> {
    const instance = await connected(account, { scopes: [scope('modify')] });
    await app.api('PATCH', `/api/instances/${instance.id}`, { scopes: [scope('readonly')] });
    return instance;
  }

  it('keeps its wider grant over a narrower consent', async () => {
    const account = await newAccount();
    const instance = await narrowed(account);
    await connect(instance, account);
    expect((await widerToken(instance)).body.scope).toContain('gmail.modify');
  });

  it('keeps it also while it is unknown whether it is alive', async () => {
    const account = await newAccount();
    const instance = await narrowed(account);
    await app.google.addFault({
      target: 'token',
      match: { grantType: 'refresh_token' },
      fault: { kind: 'error', status: 503, body: {} },
    });
    await connect(instance, account);
    await app.google.clearFaults();
    await app.advance(3600);
    expect((await widerToken(instance)).body.scope).toContain('gmail.modify');
  });

  it('takes the narrower one when Google calls the wider dead', async () => {
    const account = await newAccount();
    const instance = await narrowed(account);
    await app.google.revokeGrants({ account });
    await connect(instance, account);
    const { status, body } = await accessToken(app, instance.id);
    expect(status).toBe(200);
    expect(body.scope).not.toContain('gmail.modify');
  });
});

describe('a sibling in another tenant', () => {
  it('is neither revoked nor revealed', async () => {
    const account = await newAccount();
    const ours = await connected(account);
    const theirs = await inOtherTenant(account);
    const answer = await disconnect(ours);
    expect([answer.status, answer.body]).toEqual([204, null]);
    expect(await revocationsOf(account)).toEqual(['kept_for_other_grants']);
    await app.advance(3600);
    const token = await app.api('GET', `/api/instances/${theirs.id}/access-token`, undefined, {
      'x-evergrant-tenant': 'other',
    });
    expect(token.status).toBe(200);
  });
});

describe('a revocation', () => {
  it('is tried again when Google cannot be asked, and survives that', async () => {
    const account = await newAccount();
    const instance = await connected(account);
    await app.google.addFault({
      target: 'revoke',
      fault: { kind: 'error', status: 503, body: {} },
      times: 1,
    });
    await disconnect(instance);
    await until('the first attempt', async () => {
      const [entry] = await app.dataSource.query<{ attempts: number }[]>('SELECT attempts FROM revocations');
      return entry?.attempts === 1;
    });
    await app.advance(31);
    expect(await revocationsOf(account)).toEqual(['revoked']);
    expect(await liveGrants(app, account)).toBe(0);
  });

  it('is not made while a grant lives that was adopted without a subject, under the same address', async () => {
    const account = await newAccount();
    const instance = await connected(account);
    const { refreshTokens } = await app.google.grantMany({
      accounts: [account],
      clientId: sandboxClientId,
      scopes: [scope('readonly')],
    });
    const { id } = await app.createInstance();
    await app.api('PUT', `/api/instances/${id}/credentials`, { refreshToken: refreshTokens[0] });
    await disconnect(instance);
    expect(await revocationsOf(account)).toEqual(['kept_for_other_grants']);
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(200);
  });

  it('is not made when the account was connected again meanwhile', async () => {
    const account = await newAccount();
    const instance = await connected(account);
    await app.google.addFault({
      target: 'revoke',
      fault: { kind: 'error', status: 503, body: {} },
      times: 1,
    });
    await disconnect(instance);
    const again = await connected(account);
    await app.advance(31);
    expect(await revocationsOf(account)).toEqual(['kept_for_other_grants']);
    await app.advance(3600);
    expect((await accessToken(app, again.id)).status).toBe(200);
  });
});
