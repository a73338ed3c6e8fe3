import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

let database: TestDatabase;
let client: pg.Client;
let tenantId: string;
let oauthClientId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connected();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  tenantId = await made("INSERT INTO tenants (name) VALUES ('tenant') RETURNING id");
  oauthClientId = await made(
    `INSERT INTO oauth_clients (tenant_id, provider, client_id) VALUES ('${tenantId}', 'google', 'client') RETURNING id`,
  );
  await webhook();
});
afterEach(() => client.query('DELETE FROM tenants'));

async function connected(): Promise<pg.Client> {
  const another = new pg.Client({ connectionString: database.url });
  await another.connect();
  return another;
}

async function made(sql: string): Promise<string> {
  return (await client.query<{ id: string }>(sql)).rows[0]!.id;
}

function webhook(events: string | null = null): Promise<string> {
  return made(
    `INSERT INTO webhooks (tenant_id, url, secret, events)
     VALUES ('${tenantId}', '', '', ${events === null ? 'NULL' : `'${events}'`}) RETURNING id`,
  );
}

/** A grant as a consent leaves it. */
function credential(): Promise<string> {
  return made(
    `INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider, subject, oauth_status, generation)
     VALUES ('${tenantId}', '${oauthClientId}', 'google', '${randomUUID()}', 'completed', 1) RETURNING id`,
  );
}

/** One that points to a grant since before there were webhooks. */
async function instance(credentialId: string | null): Promise<string> {
  const id = await made(
    `INSERT INTO mcp_instances (tenant_id, name, scopes, credential_id)
     VALUES ('${tenantId}', 'Box', '{}', ${credentialId === null ? 'NULL' : `'${credentialId}'`}) RETURNING id`,
  );
  return id;
}

/** What was told of an instance, in its order: type, and what `requiresReauth`, `errorCode` and `reason` say. */
async function told(id: string): Promise<string[]> {
  const { rows } = await client.query<{ type: string; code: string | null; reason: string | null }>(
    `SELECT e.type, e.data ->> 'errorCode' AS code, e.data ->> 'reason' AS reason
     FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id
     WHERE d.instance_id = $1 ORDER BY d.ordinal`,
    [id],
  );
  return rows.map(({ type, code, reason }) =>
    [type.replace('instance.', ''), code, reason].filter((each) => each !== null).join(' '),
  );
}

/** What happens to a grant, as the code writes it. */
const steps = {
  unreachable: "error_code = 'NETWORK_ERROR'",
  unavailable: "error_code = 'SERVICE_UNAVAILABLE', error_reason = 'http_503'",
  unconfirmed: "error_code = 'SERVICE_UNAVAILABLE', error_reason = 'verdict_unconfirmed'",
  'client of the deployment rejected': "error_code = 'DEPLOYMENT_CLIENT_REJECTED'",
  'blocked by an administrator': "error_code = 'ADMIN_BLOCKED'",
  'client rejected': "error_code = 'INVALID_CLIENT'",
  'scope missing': "error_code = 'INSUFFICIENT_SCOPE'",
  'refused once': "error_code = 'INVALID_REFRESH_TOKEN'",
  suspect:
    "error_code = 'INVALID_REFRESH_TOKEN', verdict = 'suspect', suspected_at = evergrant_now(), verdict_at = evergrant_now()",
  failed: "oauth_status = 'failed', verdict = 'failed', refresh_token = NULL",
  refreshed:
    "oauth_status = 'completed', verdict = 'active', suspected_at = NULL, error_code = NULL, error_reason = NULL",
} as const;
type Step = keyof typeof steps;

async function take(credentialId: string, step: Step): Promise<void> {
  await client.query(`UPDATE mcp_credentials SET ${steps[step]} WHERE id = $1`, [credentialId]);
}

describe('a grant', () => {
  const table: [what: string, steps: Step[], told: string[]][] = [
    ['that refreshes tells nothing', ['refreshed', 'refreshed'], []],
    [
      'that cannot be reached is degraded, once',
      ['unreachable', 'unavailable', 'unreachable'],
      ['degraded NETWORK_ERROR'],
    ],
    [
      'that comes back is connected again, each time',
      ['unavailable', 'refreshed', 'unreachable', 'refreshed', 'refreshed'],
      [
        ...['degraded SERVICE_UNAVAILABLE', 'connected recovered'],
        ...['degraded NETWORK_ERROR', 'connected recovered'],
      ],
    ],
    [
      'whose refusal is not confirmed is degraded, no more',
      ['unconfirmed'],
      ['degraded SERVICE_UNAVAILABLE'],
    ],
    [
      'that waits for the operator needs no sign-in',
      ['client of the deployment rejected'],
      ['degraded DEPLOYMENT_CLIENT_REJECTED'],
    ],
    [
      'that an administrator blocks needs no sign-in',
      ['blocked by an administrator'],
      ['degraded ADMIN_BLOCKED'],
    ],
    ['that was refused once is on its way only', ['refused once'], []],
    ['that was refused once, and is refreshed, tells nothing', ['refused once', 'refreshed'], []],
    [
      'that Google called dead needs a person, once',
      ['refused once', 'suspect', 'suspect', 'failed'],
      ['requires_reauth INVALID_REFRESH_TOKEN refusal_unconfirmed'],
    ],
    [
      'that was dead after an outage is told both',
      ['unavailable', 'refused once', 'suspect'],
      ['degraded SERVICE_UNAVAILABLE', 'requires_reauth INVALID_REFRESH_TOKEN refusal_unconfirmed'],
    ],
    [
      'that was called dead in error is connected again',
      ['suspect', 'refreshed'],
      ['requires_reauth INVALID_REFRESH_TOKEN refusal_unconfirmed', 'connected recovered'],
    ],
    [
      'whose own client is rejected needs a person',
      ['client rejected'],
      ['requires_reauth INVALID_CLIENT client_rejected'],
    ],
    [
      'that covers too little needs a person',
      ['scope missing'],
      ['requires_reauth INSUFFICIENT_SCOPE scope_missing'],
    ],
  ];

  it.each(table)('%s', async (_what, taken, expected) => {
    const credentialId = await credential();
    const id = await instance(credentialId);
    for (const step of taken) await take(credentialId, step);
    expect(await told(id)).toEqual(expected);
  });

  it('is judged as it is at the end of a transaction, whatever it was within', async () => {
    const credentialId = await credential();
    const id = await instance(credentialId);
    await client.query('BEGIN');
    await take(credentialId, 'suspect');
    await take(credentialId, 'refreshed');
    await client.query('COMMIT');
    expect(await told(id)).toEqual([]);
    await client.query('BEGIN');
    await take(credentialId, 'suspect');
    await client.query('ROLLBACK');
    expect(await told(id)).toEqual([]);
  });

  it('is told to each instance that shares it', async () => {
    const credentialId = await credential();
    const [one, other, apart] = [
      await instance(credentialId),
      await instance(credentialId),
      await instance(await credential()),
    ];
    await take(credentialId, 'unavailable');
    expect([await told(one), await told(other), await told(apart)]).toEqual([
      ['degraded SERVICE_UNAVAILABLE'],
      ['degraded SERVICE_UNAVAILABLE'],
      [],
    ]);
  });

  it('needs no person while its verdict is held, and does when the hold ends over it', async () => {
    const [held, before] = [await credential(), await credential()];
    const [id, earlier] = [await instance(held), await instance(before)];
    await take(before, 'suspect');
    await client.query('INSERT INTO verdict_holds (oauth_client_id) VALUES ($1)', [oauthClientId]);
    await take(held, 'refused once');
    await take(held, 'suspect');
    expect(await told(id)).toEqual(['degraded SERVICE_UNAVAILABLE']);
    expect(await told(earlier)).toEqual([
      'requires_reauth INVALID_REFRESH_TOKEN refusal_unconfirmed',
      'degraded SERVICE_UNAVAILABLE',
    ]);
    await client.query('DELETE FROM verdict_holds');
    expect((await told(id)).slice(1)).toEqual(['requires_reauth INVALID_REFRESH_TOKEN refusal_unconfirmed']);
  });
});

describe('an instance', () => {
  async function point(id: string, credentialId: string): Promise<void> {
    await client.query('UPDATE mcp_instances SET credential_id = $2 WHERE id = $1', [id, credentialId]);
  }

  it('is told connected by each consent, and its sharers are not by that of another', async () => {
    const credentialId = await credential();
    const [id, sharer] = [await instance(null), await instance(credentialId)];
    await point(id, credentialId);
    await client.query('BEGIN');
    await client.query('UPDATE mcp_credentials SET generation = 2 WHERE id = $1', [credentialId]);
    await point(id, credentialId);
    await client.query('COMMIT');
    expect(await told(id)).toEqual(['connected granted', 'connected granted']);
    expect(await told(sharer)).toEqual([]);
  });

  it('that was never connected ends without a word, and one that was with its last', async () => {
    const [never, once] = [await instance(null), await instance(await credential())];
    await client.query('DELETE FROM mcp_instances');
    expect([await told(never), await told(once)]).toEqual([[], ['disconnected deleted']]);
    expect((await client.query('SELECT FROM webhook_streams')).rowCount).toBe(0);
  });

  it('tells nothing where its whole tenant is deleted', async () => {
    await instance(await credential());
    await client.query('DELETE FROM tenants');
    for (const table of ['webhooks', 'webhook_events', 'webhook_deliveries', 'webhook_streams'])
      expect((await client.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
  });
});

describe('an event', () => {
  it('is written for those who ask for it and are switched on, and not at all for none', async () => {
    await client.query('DELETE FROM webhooks');
    const credentialId = await credential();
    const id = await instance(credentialId);
    await take(credentialId, 'unavailable');
    expect((await client.query('SELECT FROM webhook_events')).rowCount).toBe(0);
    const asking = await webhook('{instance.connected}');
    await webhook('{mailbox.changed}');
    await client.query('UPDATE webhooks SET enabled = false WHERE id = $1', [await webhook()]);
    await take(credentialId, 'refreshed');
    const { rows } = await client.query('SELECT webhook_id FROM webhook_deliveries');
    expect(rows).toEqual([{ webhook_id: asking }]);
    expect(await told(id)).toEqual(['connected recovered']);
  });

  it('has its place after those that committed before it, also where two are raised at once', async () => {
    const credentialId = await credential();
    const id = await instance(credentialId);
    const change = `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id)
      VALUES ('${tenantId}', '${id}', 'changed', `;
    const another = await connected();
    try {
      await client.query('BEGIN');
      await client.query(`${change} 1)`);
      // Takes its place now, and keeps it until the end.
      await client.query('SET CONSTRAINTS ALL IMMEDIATE');
      const second = another.query(`${change} 2)`);
      await client.query(
        'DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$',
      );
      await client.query('COMMIT');
      await second;
    } finally {
      await another.end();
    }
    const { rows } = await client.query(
      `SELECT d.ordinal::int, e.data ->> 'historyId' AS history, d.next_attempt_at IS NOT NULL AS due
       FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id ORDER BY d.ordinal`,
    );
    expect(rows).toEqual([
      { ordinal: 1, history: '1', due: true },
      { ordinal: 2, history: '2', due: false },
    ]);
  });

  it('does not fail what it tells where its webhook is deleted at the same moment', async () => {
    const credentialId = await credential();
    await instance(credentialId);
    const another = await connected();
    try {
      await another.query('BEGIN');
      await another.query('DELETE FROM webhooks');
      const failing = take(credentialId, 'unavailable');
      await another.query(
        'DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$',
      );
      await another.query('COMMIT');
      await failing;
    } finally {
      await another.end();
    }
    const { rows } = await client.query('SELECT error_code FROM mcp_credentials');
    expect(rows).toEqual([{ error_code: 'SERVICE_UNAVAILABLE' }]);
    expect((await client.query('SELECT FROM webhook_deliveries')).rowCount).toBe(0);
  });
});
