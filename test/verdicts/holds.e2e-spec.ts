import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connectMailbox, until } from '../../sandbox/index.js';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { adminApiKey, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { EventStream } from '../harness/event-stream.js';
import { invalidGrant } from '../harness/oauth/token-faults.js';

let app: TestApp;
let mailboxes = 0;
beforeAll(async () => void (app = await TestApp.start({ ROLES: 'api,refresher' })));
afterAll(() => app.stop());
beforeEach(async () => {
  // Each test has the deployment's client to itself, and asks by itself.
  await app.dataSource.query('DELETE FROM mcp_instances');
  await app.dataSource.query('DELETE FROM mcp_credentials');
  await app.dataSource.query('DELETE FROM verdict_holds');
});
afterEach(() => app.google.clearFaults());

type Mailbox = CreatedInstance & { account: string; tenant: Record<string, string> };

async function mailbox(tenant?: string): Promise<Mailbox> {
  const account = `doubted${++mailboxes}@sandbox.test`;
  const headers: Record<string, string> = tenant === undefined ? {} : { 'x-evergrant-tenant': tenant };
  await app.google.addAccount({ email: account });
  const { body } = await app.api<CreatedInstance>('POST', '/api/instances', { name: account }, headers);
  const start = await app.api<{ authorizationUrl: string }>(
    'POST',
    `/api/instances/${body.id}/start-oauth`,
    {},
    headers,
  );
  await connectMailbox(start.body.authorizationUrl, { account });
  return { ...body, account, tenant: headers };
}

async function many(count: number, tenant?: string): Promise<Mailbox[]> {
  const all: Mailbox[] = [];
  for (let n = 0; n < count; n += 1) all.push(await mailbox(tenant));
  return all;
}

/** An hour later nothing was refreshed by itself: what becomes of the grants is up to their callers. */
async function anHourUnscheduled(): Promise<void> {
  await app.dataSource.query('UPDATE mcp_credentials SET next_refresh_at = NULL');
  await app.advance(3600);
}

function ask({ id, tenant }: Mailbox) {
  return accessToken(app, id, { headers: tenant });
}

async function view({ id, tenant }: Mailbox) {
  return (
    await app.api<{ oauthStatus: string; requiresReauth: boolean }>(
      'GET',
      `/api/instances/${id}`,
      undefined,
      tenant,
    )
  ).body;
}

async function verdictOf({ id }: Mailbox): Promise<string> {
  const [row] = await app.dataSource.query<{ verdict: string }[]>(
    'SELECT c.verdict FROM mcp_instances i JOIN mcp_credentials c ON c.id = i.credential_id WHERE i.id = $1',
    [id],
  );
  return row!.verdict;
}

async function holds(scope: 'client' | 'tenant'): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  return Number(new RegExp(`^evergrant_verdict_holds\\{scope="${scope}"\\} (\\d+)$`, 'm').exec(metrics)?.[1]);
}

function holdEnds() {
  return until('the hold ends', async () => {
    await app.advance(61);
    const [row] = await app.dataSource.query<{ count: string }[]>('SELECT count(*) FROM verdict_holds');
    return row!.count === '0';
  });
}

describe('many grants that Google calls dead at once', () => {
  it('are probed again, and no sign-in is required, until Google has thought better of it', async () => {
    const all = await many(8);
    await anHourUnscheduled();
    await app.google.addFault({ target: 'token', fault: invalidGrant() });
    const answers = [];
    for (const each of all) answers.push((await ask(each)).status);
    // Five at once may be what people do; the sixth says that all are in doubt.
    expect(answers).toEqual([401, 401, 401, 401, 401, 503, 503, 503]);
    for (const each of all) {
      expect(await ask(each)).toMatchObject({
        status: 503,
        body: { errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false },
      });
      expect(await view(each)).toMatchObject({ oauthStatus: 'completed', requiresReauth: false });
    }
    expect(await holds('tenant')).toBe(1);
    expect(app.log.some((line) => line.includes('"level":50') && line.includes('verdicts are held'))).toBe(
      true,
    );

    for (let minute = 0; minute < 5; minute += 1) await app.advance(61);
    for (const each of all) expect(await verdictOf(each)).toBe('suspect');
    await app.google.clearFaults();
    await app.advance(61);
    await until('all heal', async () => {
      const verdicts = await Promise.all(all.map(verdictOf));
      return verdicts.every((verdict) => verdict === 'active');
    });
    await until('the hold ends', async () => (await holds('tenant')) === 0);
    for (const each of all) expect((await ask(each)).status).toBe(200);
  });

  it('are still served a token that lives', async () => {
    const all = await many(7);
    await app.google.addFault({ target: 'token', fault: invalidGrant() });
    for (const { id } of all) await refresh(app, id);
    for (const each of all) expect(await ask(each)).toMatchObject({ status: 200, body: { stale: true } });
  });

  it('are over all tenants when they are of several', async () => {
    await app.api('POST', '/api/tenants', { name: 'others' });
    const all = [...(await many(4)), ...(await many(4, 'others'))];
    await anHourUnscheduled();
    await app.google.addFault({ target: 'token', fault: invalidGrant() });
    for (const each of all) await ask(each);
    expect([await holds('client'), await holds('tenant')]).toEqual([1, 0]);
    for (const each of all) expect((await ask(each)).status).toBe(503);
  });

  it('fail when Google goes on refusing them though it refreshes others of the client', async () => {
    const all = await many(7);
    const healthy = await mailbox();
    for (const { account } of all) await app.google.revokeGrants({ account });
    await anHourUnscheduled();
    for (const each of all) await ask(each);
    expect((await ask(healthy)).status).toBe(200);
    await holdEnds();
    await until('all fail', async () => {
      await app.advance(61);
      return (await Promise.all(all.map(verdictOf))).every((verdict) => verdict === 'failed');
    });
    expect(await view(all[0]!)).toMatchObject({ oauthStatus: 'failed', requiresReauth: true });
    expect(await verdictOf(healthy)).toBe('active');
  });

  it('do not hold the verdict of another tenant’s', async () => {
    await app.api('POST', '/api/tenants', { name: 'bystanders' });
    const noisy = await many(12);
    const lost = await mailbox('bystanders');
    for (const { account } of [...noisy, lost]) await app.google.revokeGrants({ account });
    await anHourUnscheduled();
    for (const each of noisy) await ask(each);
    expect((await ask(lost)).status).toBe(401);
    await app.advance(61);
    await until('it fails', async () => (await verdictOf(lost)) === 'failed');
    expect(await verdictOf(noisy[0]!)).toBe('suspect');
  });
});

describe('one grant that Google calls dead among healthy ones', () => {
  it('fails within two minutes, without a request', async () => {
    const lost = await mailbox();
    await many(3);
    await app.google.revokeGrants({ account: lost.account });
    await app.advance(3500);
    await until('it is suspect', async () => (await verdictOf(lost)) === 'suspect');
    await app.advance(61);
    await until('it fails', async () => (await verdictOf(lost)) === 'failed');
  });
});

describe('session control', () => {
  it('is no spike: an administrator requires all users to sign in anew', async () => {
    const all = await many(8);
    await anHourUnscheduled();
    await app.google.addFault({ target: 'token', fault: invalidGrant('invalid_rapt') });
    for (const each of all) expect((await ask(each)).status).toBe(401);
    for (const each of all)
      expect((await ask(each)).body).toMatchObject({ requiresReauth: true, reason: 'invalid_rapt' });
    expect([await holds('client'), await holds('tenant')]).toEqual([0, 0]);
  });
});

it('tells who watches when a hold begins', async () => {
  const all = await many(6);
  await anHourUnscheduled();
  await app.google.addFault({ target: 'token', fault: invalidGrant() });
  for (const each of all.slice(0, 5)) await ask(each);
  expect(await view(all[0]!)).toMatchObject({ requiresReauth: true });
  const before = await changesOf();
  await ask(all[5]!);
  expect((await changesOf()) - before).toBeGreaterThanOrEqual(6);
  expect(await view(all[0]!)).toMatchObject({ requiresReauth: false, errorCode: 'SERVICE_UNAVAILABLE' });
});

it('tells who watches when a hold ends, of all who were under it', async () => {
  const all = await many(7);
  const healthy = await mailbox();
  for (const { account } of all) await app.google.revokeGrants({ account });
  await anHourUnscheduled();
  for (const each of all) await ask(each);
  await ask(healthy);
  const stream = await EventStream.open(`${app.url}/api/events`, { authorization: `Bearer ${adminApiKey}` });
  await holdEnds();
  const asked = new Map(all.map(({ id }) => [id, false]));
  while ([...asked.values()].includes(false)) {
    const { data } = await stream.next();
    if (asked.has(data.id as string)) asked.set(data.id as string, data.requiresReauth as boolean);
  }
  stream.close();
});

async function changesOf(): Promise<number> {
  const [row] = await app.dataSource.query<{ count: string }[]>(
    'SELECT count(*) FROM changes WHERE credential_id IS NOT NULL',
  );
  return Number(row!.count);
}
