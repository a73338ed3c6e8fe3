import { randomUUID } from 'node:crypto';
import { connectMailbox } from '../../sandbox/index.js';
import { holdMail } from '../approvals/held-acts.js';
import type { CreatedInstance, TestApp } from '../harness/test-app.js';

/** A tenant with all that one can have. */
export interface Household {
  tenantId: string;
  name: string;
  apiKey: string;
  apiKeyId: string;
  account: string;
  instance: CreatedInstance;
  mcpTokenId: string;
  sessionCookie: string;
  /** Of a mail that is held for a person. */
  approvalId: string;
  /** Of a person who signed in, with the mailbox, and of what a client may do for them. */
  personId: string;
  authorizationId: string;
  /** Switched off, with a delivery that has ended. */
  webhookId: string;
  deliveryId: string;
}

export async function household(app: TestApp, word: string): Promise<Household> {
  const name = `${word}-${randomUUID().slice(0, 8)}`;
  const account = `${name}@sandbox.test`;
  await app.google.addAccount({ email: account });
  const { body: tenant } = await app.api<{ id: string }>('POST', '/api/tenants', { name });
  const keys = `/api/tenants/${tenant.id}/api-keys`;
  const { body: key } = await app.api<{ id: string; apiKey: string }>('POST', keys, {
    name: `${word} key`,
    rights: [
      ...['instances:read', 'instances:write', 'access-tokens:read', 'approvals:decide'],
      ...['people:read', 'people:write', 'webhooks:read', 'webhooks:write'],
    ],
  });
  const bearer = { authorization: `Bearer ${key.apiKey}` };
  const { body: instance } = await app.api<CreatedInstance>(
    'POST',
    '/api/instances',
    { name: `${word} box` },
    bearer,
  );
  const path = `/api/instances/${instance.id}`;
  const link = await app.api<{ authorizationUrl: string }>('POST', `${path}/start-oauth`, {}, bearer);
  await connectMailbox(link.body.authorizationUrl, { account });
  const token = await app.api<{ id: string }>(
    'POST',
    `${path}/mcp-tokens`,
    { name: `${word} agent` },
    bearer,
  );
  return {
    ...{ tenantId: tenant.id, name, account, instance, mcpTokenId: token.body.id },
    ...{ apiKey: key.apiKey, apiKeyId: key.id },
    sessionCookie: await openSession(app, key.apiKey),
    approvalId: (await holdMail(app, { tenantId: tenant.id, id: instance.id })).id,
    ...(await personIn(app, tenant.id, instance.id)),
    ...(await webhookOf(app, bearer)),
  };
}

/** A person of a tenant, whose mailbox an instance is if it is no one's yet, with what a client may do for them. */
export async function personIn(
  app: TestApp,
  tenantId: string,
  instanceId: string,
): Promise<{ personId: string; authorizationId: string }> {
  const authorizationId = randomUUID();
  const [made] = await app.dataSource.query<{ personId: string }[]>(
    `WITH made AS (
       INSERT INTO people (tenant_id, provider, subject, email)
       VALUES ($1, 'google', gen_random_uuid()::text, gen_random_uuid() || '@sandbox.test') RETURNING id, tenant_id
     ), mailbox AS (
       INSERT INTO person_mailboxes (tenant_id, person_id, instance_id) SELECT tenant_id, id, $2 FROM made
       ON CONFLICT DO NOTHING
     )
     INSERT INTO person_authorizations (id, tenant_id, person_id, client_id, client_name, scopes)
     SELECT $3, tenant_id, id, 'client-1', 'Canary client', '{gmail:read}' FROM made
     RETURNING person_id AS "personId"`,
    [tenantId, instanceId, authorizationId],
  );
  return { personId: made?.personId ?? '', authorizationId };
}

async function webhookOf(
  app: TestApp,
  bearer: Record<string, string>,
): Promise<{ webhookId: string; deliveryId: string }> {
  const { body: webhook } = await app.api<{ id: string }>(
    'POST',
    '/api/webhooks',
    { url: 'http://127.0.0.1:9/' },
    bearer,
  );
  const path = `/api/webhooks/${webhook.id}`;
  await app.api('PATCH', path, { enabled: false }, bearer);
  const { body: delivery } = await app.api<{ id: string }>('POST', `${path}/test`, undefined, bearer);
  return { webhookId: webhook.id, deliveryId: delivery.id };
}

async function openSession(app: TestApp, apiKey: string): Promise<string> {
  const { headers } = await app.api('POST', '/api/session', { apiKey });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** What an answer to another tenant may not hold. */
export function marksOf(owner: Household): string[] {
  const { tenantId, name, apiKey, account, instance, mcpTokenId } = owner;
  const { personId, authorizationId, webhookId, deliveryId } = owner;
  return [
    ...[tenantId, name, apiKey, account, instance.name, instance.mcpToken, mcpTokenId],
    ...[personId, authorizationId, webhookId, deliveryId],
  ];
}

/** Every row of a tenant, to be compared with itself later. When a key was last used may change. */
export async function rowsOf(app: TestApp, tenantId: string): Promise<unknown> {
  const tables = [
    'mcp_instances',
    'mcp_credentials',
    'credential_events',
    'mcp_tokens',
    'api_keys',
    'oauth_flows',
    'outbound_acts',
    'people',
    'person_authorizations',
    'webhooks',
    'webhook_events',
    'webhook_deliveries',
  ];
  const found = tables.map((table) =>
    app.dataSource.query<unknown>(
      `SELECT to_jsonb(t) - 'last_used_at' AS row FROM ${table} t WHERE tenant_id = $1 ORDER BY id`,
      [tenantId],
    ),
  );
  return Object.fromEntries((await Promise.all(found)).map((rows, n) => [tables[n], rows]));
}
