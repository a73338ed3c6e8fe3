import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMailbox } from '../../sandbox/index.js';
import { FigureRollup } from '../../src/credentials/figures/figure-rollup.js';
import { Callers } from '../harness/callers.js';
import { invalidGrant, oauthError, type Fault } from '../harness/oauth/token-faults.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

const hourSeconds = 3_600;
const daySeconds = 86_400;

/** It has no OAuth service; beside it runs a replica that has one. */
let alone: TestApp;
let app: TestApp;
let service: NestFastifyApplication;
beforeAll(async () => {
  alone = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0', GMAIL_QUOTA_UNITS_PER_MINUTE: '600' });
  service = await startService(alone.environment);
  const variables = { RATE_LIMIT_PER_MINUTE: '0', OAUTH_SERVICE_URL: await service.getUrl() };
  app = await TestApp.start(variables, { beside: alone });
});
afterAll(async () => {
  await app.stop();
  await service.close();
  await alone.stop();
});
afterEach(() => alone.google.clearFaults());

interface Query {
  window?: '24h' | '30d';
  scope?: 'tenant' | 'deployment';
}

/** A tenant of the test's own with one connected mailbox. */
class Tenant {
  private constructor(
    readonly name: string,
    readonly mailbox: CreatedInstance & { account: string },
  ) {}

  static async make(name: string): Promise<Tenant> {
    const account = `${name}@sandbox.test`;
    await alone.google.addAccount({ email: account });
    await alone.api('POST', '/api/tenants', { name });
    const headers = { 'x-evergrant-tenant': name };
    const { body: box } = await alone.api<CreatedInstance>(
      'POST',
      '/api/instances',
      { name: 'Box' },
      headers,
    );
    const start = `/api/instances/${box.id}/start-oauth`;
    const { body: link } = await alone.api<{ authorizationUrl: string }>('POST', start, {}, headers);
    await connectMailbox(link.authorizationUrl, { account });
    return new Tenant(name, { ...box, account });
  }

  async refresh(through: TestApp, fault?: Fault): Promise<number> {
    if (fault) await alone.google.addFault({ target: 'token', fault });
    const path = `/api/instances/${this.mailbox.id}/refresh`;
    const { status } = await through.api('POST', path, undefined, { 'x-evergrant-tenant': this.name });
    await alone.google.clearFaults();
    return status;
  }

  async figures(query: Query = {}, from = app) {
    const params = { query };
    const { data, response } = await from.client.GET('/api/figures', {
      params,
      headers: { 'x-evergrant-tenant': this.name },
    });
    expect(response.status).toBe(200);
    return data!;
  }

  async counted(query: Query = {}) {
    const { refreshSuccess, oauthServiceAvailability, fallbackUse, reauthentications } =
      await this.figures(query);
    return {
      success: [refreshSuccess.total.count, refreshSuccess.total.of],
      availability: [oauthServiceAvailability.total.count, oauthServiceAvailability.total.of],
      fallback: [fallbackUse.total.count, fallbackUse.total.of],
      reauthentications: reauthentications.total.count,
    };
  }
}

const nothing = { success: [0, 0], availability: [0, 0], fallback: [0, 0], reauthentications: 0 };

describe('the key figures', () => {
  it('tell refreshes, an OAuth service that is down, and a verdict apart', async () => {
    const tenant = await Tenant.make('apart');
    expect(await tenant.counted()).toEqual(nothing);

    expect(await tenant.refresh(app)).toBe(200);
    expect(await tenant.refresh(app)).toBe(200);
    expect(await tenant.refresh(alone)).toBe(200);
    expect(await tenant.counted()).toEqual({
      ...{ success: [3, 3], availability: [2, 3], fallback: [1, 3], reauthentications: 0 },
    });

    // The provider is down, and the service says so: that is an answer.
    await tenant.refresh(app, { kind: 'error', status: 503, body: {} });
    expect(await tenant.counted()).toEqual({
      ...{ success: [3, 4], availability: [3, 4], fallback: [2, 4], reauthentications: 0 },
    });

    expect(await tenant.refresh(app, invalidGrant())).toBe(401);
    expect(await tenant.counted()).toEqual({
      ...{ success: [3, 5], availability: [4, 5], fallback: [2, 5], reauthentications: 1 },
    });
    expect((await tenant.figures()).now.instances).toMatchObject({ needs_sign_in: 1, connected: 0 });
  });

  it('count a person who is asked once, however often the refusal is met', async () => {
    const tenant = await Tenant.make('once');
    for (let times = 0; times < 3; times += 1) await tenant.refresh(app, oauthError(400, 'invalid_scope'));
    expect(await tenant.counted()).toMatchObject({ success: [0, 3], reauthentications: 1 });
    await tenant.refresh(app);
    await tenant.refresh(app, oauthError(400, 'invalid_scope'));
    expect(await tenant.counted()).toMatchObject({ success: [1, 5], reauthentications: 2 });
  });

  it('lie in the bucket of their hour and of their day, and leave the window with time', async () => {
    const tenant = await Tenant.make('moved');
    await tenant.refresh(app);
    const now = await tenant.figures();
    expect(now.refreshSuccess.series).toHaveLength(24);
    expect(now.refreshSuccess.series.at(-1)).toMatchObject({ of: 1, count: 1, share: 1 });
    expect(now.from).toBe(now.refreshSuccess.series[0]!.at);

    await alone.advance(2 * hourSeconds);
    await tenant.refresh(app);
    const later = (await tenant.figures()).refreshSuccess.series.map(({ of }) => of);
    expect(later.slice(-3)).toEqual([1, 0, 1]);

    await alone.advance(2 * daySeconds);
    expect(await tenant.counted({ window: '24h' })).toEqual(nothing);
    const month = (await tenant.figures({ window: '30d' })).refreshSuccess;
    expect(month.series).toHaveLength(30);
    expect(month.total.of).toBe(2);
    expect(month.series.slice(-4, -1).reduce((sum, { of }) => sum + of, 0)).toBe(2);

    await alone.advance(30 * daySeconds);
    expect(await tenant.counted({ window: '30d' })).toEqual(nothing);
  });

  it('are the same once the history was added up, whichever processes do it at once', async () => {
    const tenant = await Tenant.make('rolled-up');
    await tenant.refresh(app);
    await tenant.refresh(alone);
    await tenant.refresh(app, invalidGrant());
    const before = await tenant.figures();
    const rolledUp = () =>
      alone.dataSource.query<{ refreshed: number }[]>(
        `SELECT sum(refreshed)::int AS refreshed FROM refresh_figures f JOIN tenants t ON t.id = f.tenant_id
         WHERE t.name = 'rolled-up' HAVING count(*) > 0`,
      );
    // What is young may still be joined by something older.
    await new FigureRollup(alone.dataSource).work();
    expect(await rolledUp()).toEqual([]);
    await alone.advance(130);
    await Promise.all([alone, app, alone, app].map(({ dataSource }) => new FigureRollup(dataSource).work()));
    expect(await rolledUp()).toEqual([{ refreshed: 2 }]);

    // What comes after it is counted beside it.
    const compared = ({ refreshSuccess, oauthServiceAvailability, reauthentications }: typeof before) => [
      ...[refreshSuccess.total, oauthServiceAvailability.total, reauthentications.total],
    ];
    expect(compared(await tenant.figures())).toEqual(compared(before));
    await alone.advance(70);
    await tenant.refresh(app, invalidGrant());
    expect((await tenant.figures()).refreshSuccess.total.of).toBe(4);
    await alone.advance(130);
    await new FigureRollup(alone.dataSource).work();
    expect((await tenant.figures()).refreshSuccess.total.of).toBe(4);
    // A verdict that is confirmed asks nobody a second time.
    expect((await tenant.figures()).reauthentications.total.count).toBe(1);
  });

  it('forget hours that no window reaches any more', async () => {
    await alone.dataSource.query(
      `INSERT INTO refresh_figures (tenant_id, hour, refreshed)
       SELECT id, evergrant_now() - interval '36 days', 1 FROM tenants WHERE name = 'default'`,
    );
    await new FigureRollup(alone.dataSource).work();
    const kept = await alone.dataSource.query<unknown[]>(
      "SELECT FROM refresh_figures WHERE hour < evergrant_now() - interval '35 days'",
    );
    expect(kept).toEqual([]);
  });
});

describe('whose figures they are', () => {
  it('tells a tenant of its own, and the operator of all where that is asked for', async () => {
    const [ours, theirs] = [await Tenant.make('ours'), await Tenant.make('theirs')];
    const before = (await ours.figures({ scope: 'deployment' })).refreshSuccess.total.of;
    await ours.refresh(app);
    await theirs.refresh(app);
    await theirs.refresh(app);
    expect((await ours.figures()).refreshSuccess.total.of).toBe(1);
    expect((await theirs.figures()).refreshSuccess.total.of).toBe(2);
    const all = await ours.figures({ scope: 'deployment' });
    expect(all.refreshSuccess.total.of).toBe(before + 3);
    expect((await ours.figures()).now.instances.connected).toBe(1);
    expect(all.now.instances.connected).toBeGreaterThan(1);
  });

  it("refuses the deployment's figures to a tenant, and all figures to a key without the right", async () => {
    const callers = new Callers(app);
    const { id, apiKey } = await callers.tenant();
    expect((await callers.asKey(apiKey, 'GET', '/api/figures')).status).toBe(200);
    const refused = { status: 403, body: { errorCode: 'FORBIDDEN' } };
    expect(await callers.asKey(apiKey, 'GET', '/api/figures?scope=deployment')).toMatchObject(refused);
    const { apiKey: other } = await callers.key(id, { rights: ['audit:read'] });
    expect(await callers.asKey(other, 'GET', '/api/figures')).toMatchObject(refused);
  });

  it.each(['window=7d', 'window=', 'scope=all', 'since=yesterday'])('refuses %s', async (query) => {
    expect(await app.api('GET', `/api/figures?${query}`)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED' },
    });
  });
});

describe('how it is at present', () => {
  it('tells of a gate that Google has closed, to those whom it concerns', async () => {
    const [tenant, other] = [await Tenant.make('gated'), await Tenant.make('not-gated')];
    const client = { clientId: '71-gated.apps.sandbox.test', clientSecret: 'gated-secret' };
    await alone.google.registerClient({ ...client, redirectUris: [`${alone.url}/oauth/callback`] });
    await alone.api('PATCH', `/api/instances/${tenant.mailbox.id}`, client, {
      'x-evergrant-tenant': 'gated',
    });
    const start = `/api/instances/${tenant.mailbox.id}/start-oauth`;
    const { body } = await alone.api<{ authorizationUrl: string }>(
      'POST',
      start,
      {},
      {
        'x-evergrant-tenant': 'gated',
      },
    );
    await connectMailbox(body.authorizationUrl, { account: tenant.mailbox.account });
    const busy: Fault = { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '120' } };
    await tenant.refresh(app, busy);
    expect((await tenant.figures()).now.gates).toEqual([
      { clientId: client.clientId, closedUntil: expect.any(String) },
    ]);
    expect((await other.figures()).now.gates).toEqual([]);
    expect((await tenant.figures()).now.instances.degraded).toBe(1);
    await alone.advance(121);
    expect((await tenant.figures()).now.gates).toEqual([]);
  });

  it('tells of verdicts that are held', async () => {
    const tenant = await Tenant.make('held');
    await alone.dataSource.query(
      `WITH suspects AS (
         UPDATE mcp_credentials SET verdict = 'suspect', suspected_at = evergrant_now()
         WHERE tenant_id = (SELECT id FROM tenants WHERE name = 'held') RETURNING tenant_id, oauth_client_id
       )
       INSERT INTO verdict_holds (tenant_id, oauth_client_id) SELECT tenant_id, oauth_client_id FROM suspects`,
    );
    const { now } = await tenant.figures();
    expect(now.holds).toEqual([{ clientId: expect.any(String), since: expect.any(String), suspects: 1 }]);
    expect(now.instances.held).toBe(1);
  });

  it('tells that the process leaves an OAuth service alone that fails', async () => {
    const tenant = await Tenant.make('breaker');
    expect((await tenant.figures()).now.oauthServiceBreaker).toBe('closed');
    for (let times = 0; times < 6; times += 1) await tenant.refresh(alone);
    expect((await tenant.figures({}, alone)).now.oauthServiceBreaker).not.toBe('closed');
    expect((await tenant.figures()).now).toMatchObject({
      oauthServiceBreaker: 'closed',
      spilledRefreshes: 0,
    });
  });

  it('tells which mailboxes use most of their quota at Gmail', async () => {
    const tenant = await Tenant.make('quota');
    const { mailbox } = tenant;
    expect((await tenant.figures()).now.quota).toEqual([]);
    await callTool(mailbox, 'search_messages', { query: 'in:inbox' });
    const [use] = (await tenant.figures({}, alone)).now.quota;
    expect(use).toMatchObject({
      ...{ instanceId: mailbox.id, name: 'Box', email: mailbox.account, unitsPerMinute: 600 },
    });
    expect(use!.unitsTaken).toBeGreaterThan(0);
    expect(use!.unitsTaken).toBeLessThanOrEqual(600);
    await alone.advance(70);
    expect((await tenant.figures({}, alone)).now.quota).toEqual([]);
  });
});
