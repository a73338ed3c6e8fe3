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
}

export async function household(app: TestApp, word: string): Promise<Household> {
  const name = `${word}-${randomUUID().slice(0, 8)}`;
  const account = `${name}@sandbox.test`;
  await app.google.addAccount({ email: account });
  const { body: tenant } = await app.api<{ id: string }>('POST', '/api/tenants', { name });
  const keys = `/api/tenants/${tenant.id}/api-keys`;
  const { body: key } = await app.api<{ id: string; apiKey: string }>('POST', keys, {
    name: `${word} key`,
    rights: ['instances:read', 'instances:write', 'access-tokens:read', 'approvals:decide'],
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
  };
}

async function openSession(app: TestApp, apiKey: string): Promise<string> {
  const { headers } = await app.api('POST', '/api/session', { apiKey });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** What an answer to another tenant may not hold. */
export function marksOf({ tenantId, name, apiKey, account, instance, mcpTokenId }: Household): string[] {
  return [tenantId, name, apiKey, account, instance.name, instance.mcpToken, mcpTokenId];
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
  ];
  const found = tables.map((table) =>
    app.dataSource.query<unknown>(
      `SELECT to_jsonb(t) - 'last_used_at' AS row FROM ${table} t WHERE tenant_id = $1 ORDER BY id`,
      [tenantId],
    ),
  );
  return Object.fromEntries((await Promise.all(found)).map((rows, n) => [tables[n], rows]));
}
