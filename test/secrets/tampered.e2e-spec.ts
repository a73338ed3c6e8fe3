import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { Callers } from '../harness/callers.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

/** Another text of the same form. */
function spoiled(column: string): string {
  return `overlay(${column} placing CASE substr(${column}, length(${column}) - 30, 1) WHEN 'A' THEN 'B' ELSE 'A' END
     from length(${column}) - 30 for 1)`;
}

const ofInstance = 'WHERE id = (SELECT credential_id FROM mcp_instances WHERE id = $1)';

/** As a person with access to the database would. */
function tamper({ id }: TestMailbox, assignments: string): Promise<unknown> {
  return app.dataSource.query(`UPDATE mcp_credentials SET ${assignments} ${ofInstance}`, [id]);
}

/** A process that has nothing in memory yet; what it counts, logs and answers. */
async function seenBy<Seen>(look: (fresh: TestApp) => Promise<Seen>) {
  const fresh = await TestApp.start({}, { beside: app });
  try {
    const seen = await look(fresh);
    const metrics = await (await fetch(`${fresh.url}/metrics`)).text();
    const alarms = fresh.log.filter((line) => line.includes('does not open'));
    const count = (secret: string) =>
      Number(
        new RegExp(`^evergrant_unreadable_secrets_total{secret="${secret}"} (\\d+)$`, 'm').exec(metrics)?.[1],
      );
    return { seen, alarms, count };
  } finally {
    await fresh.stop();
  }
}

async function state(id: string, tenant: Record<string, string> = {}) {
  const { body } = await app.api('GET', `/api/instances/${id}`, undefined, tenant);
  const [row] = await app.dataSource.query<{ verdict: string; hasToken: boolean }[]>(
    `SELECT verdict, refresh_token IS NOT NULL AS "hasToken" FROM mcp_credentials ${ofInstance}`,
    [id],
  );
  return { requiresReauth: body.requiresReauth, oauthStatus: body.oauthStatus, ...row };
}

const asBefore = { requiresReauth: false, oauthStatus: 'completed', verdict: 'active', hasToken: true };

describe('a sealed token that was changed in the database', () => {
  it('has an alert in deploy/, over a metric that there is', async () => {
    const [, metric = ''] = /increase\((\w+)\[/.exec(
      readFileSync('deploy/alerts/unreadable-secrets.yml', 'utf8'),
    )!;
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain(
      `\n${metric}{secret="refresh_token"} `,
    );
  });

  it('counts nothing while there is none', async () => {
    const { count } = await seenBy(() => Promise.resolve());
    expect(['access_token', 'refresh_token', 'client_secret', 'data_key'].map(count)).toEqual([0, 0, 0, 0]);
  });

  it('raises the alarm, and is replaced by a refresh where it is an access token', async () => {
    const mailbox = await newMailbox(app);
    await tamper(mailbox, `access_token = ${spoiled('access_token')}`);
    const { seen, alarms, count } = await seenBy((fresh) => accessToken(fresh, mailbox.id));
    expect(seen).toMatchObject({ status: 200, body: { stale: false } });
    expect(count('access_token')).toBeGreaterThan(0);
    expect(JSON.parse(alarms[0]!)).toMatchObject({ level: expect.anything(), secret: 'access_token' });
    expect(await state(mailbox.id)).toEqual(asBefore);
  });

  it.each([
    ['changed', `access_token = NULL, refresh_token = ${spoiled('refresh_token')}`],
    ['cut off', 'access_token = NULL, refresh_token = left(refresh_token, 60)'],
    ['no sealed text at all', "access_token = NULL, refresh_token = 'canary'"],
    ['kept over a newer consent', 'access_token = NULL, generation = generation + 1'],
    [
      'copied from another mailbox',
      `access_token = NULL, refresh_token = (SELECT refresh_token FROM mcp_credentials c
         WHERE c.id <> mcp_credentials.id AND c.refresh_token IS NOT NULL LIMIT 1)`,
    ],
  ])('raises the alarm and asks nobody to sign in again where a refresh token is %s', async (_how, sql) => {
    await newMailbox(app);
    const mailbox = await newMailbox(app);
    const presented = () => refreshesAtGoogle(app, mailbox.account);
    await tamper(mailbox, sql);
    const { seen, alarms, count } = await seenBy(async (fresh) => {
      const before = await presented();
      const answer = await fresh.api('GET', `/api/instances/${mailbox.id}/access-token`);
      return { ...answer, asked: (await presented()) - before };
    });
    expect([seen.status, seen.asked]).toEqual([500, 0]);
    expect(seen.body).toMatchObject({
      instanceId: mailbox.id,
      errorCode: 'UNKNOWN_ERROR',
      requiresReauth: false,
      reason: 'sealed_secret_unreadable',
    });
    expect(count('refresh_token')).toBeGreaterThan(0);
    expect(JSON.parse(alarms[0]!)).toMatchObject({ secret: 'refresh_token' });
    expect(alarms.join()).not.toMatch(/eg1\.|canary/);
    expect(await state(mailbox.id)).toEqual(asBefore);

    // A consent that is given all the same mends it.
    expect((await app.connect(mailbox.id, { account: mailbox.account })).searchParams.get('connected')).toBe(
      mailbox.id,
    );
    expect(await accessToken(app, mailbox.id)).toMatchObject({ status: 200 });
  });

  it('raises the alarm where it is the key of a tenant', async () => {
    const callers = new Callers(app);
    const { id: tenantId } = await callers.tenant();
    const { apiKey } = await callers.key(tenantId, {
      rights: ['instances:read', 'instances:write', 'access-tokens:read'],
    });
    const { id } = await callers.newInstance(apiKey);
    const { body: link } = await callers.asKey(apiKey, 'POST', `/api/instances/${id}/start-oauth`, {});
    await connectMailbox(String(link.authorizationUrl), { account: (await newMailbox(app)).account });
    const { seen, alarms, count } = await seenBy(async (fresh) => {
      await app.dataSource.query(
        `UPDATE data_keys SET wrapped_key = ${spoiled('wrapped_key')} WHERE tenant_id = $1`,
        [tenantId],
      );
      return new Callers(fresh).asKey(apiKey, 'GET', `/api/instances/${id}/access-token`);
    });
    expect(seen).toMatchObject({
      status: 500,
      body: { errorCode: 'UNKNOWN_ERROR', requiresReauth: false, reason: 'sealed_secret_unreadable' },
    });
    expect(count('data_key')).toBeGreaterThan(0);
    expect(JSON.parse(alarms[0]!)).toMatchObject({ secret: 'data_key', tenantId });
    expect(await state(id, { 'x-evergrant-tenant': tenantId })).toEqual(asBefore);
  });
});
