interface SqlClient {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** Gives a tenant many instances: of ten, eight are connected and one of these failed. */
export async function fillTenant(client: SqlClient, tenantName: string, count: number): Promise<void> {
  await client.query(
    `WITH tenant AS (SELECT id FROM tenants WHERE name = $2),
     client AS (
       INSERT INTO oauth_clients (provider, client_id) VALUES ('google', 'many') RETURNING id
     ), credentials AS (
       INSERT INTO mcp_credentials
         (tenant_id, oauth_client_id, provider, subject, email, scopes, oauth_status, verdict)
       SELECT tenant.id, client.id, 'google', 's' || n, 'user' || n || '@example.com', '{openid,email}',
              CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'completed' END,
              CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'active' END
       FROM tenant, client, generate_series(1, $1) n WHERE n % 10 < 8
       RETURNING id, subject
     )
     INSERT INTO mcp_instances (tenant_id, credential_id, name, scopes, created_at)
     SELECT tenant.id, credentials.id, 'Mailbox ' || n, '{openid,email}', evergrant_now() + n * interval '1 ms'
     FROM tenant, generate_series(1, $1) n LEFT JOIN credentials ON credentials.subject = 's' || n`,
    [count, tenantName],
  );
  await client.query('ANALYZE mcp_instances, mcp_credentials');
}
