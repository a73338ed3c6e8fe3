import type pg from 'pg';

// Sealed, Google's tokens come to about so many characters.
const sealedAccessTokenLength = 360;
const sealedRefreshTokenLength = 220;

/**
 * Rows as so many mailboxes in use leave them, none due within the next twenty minutes. Their tokens open nowhere: no
 * process may come to refresh them.
 */
export async function fillCredentials(database: pg.Client, count: number): Promise<void> {
  const indexes = await droppedIndexes(database);
  // The rows refer to what is there; a check of each would take most of the time.
  await database.query('SET session_replication_role = replica');
  await database.query(
    `INSERT INTO mcp_credentials
       (tenant_id, oauth_client_id, provider, subject, email, scopes, access_token, refresh_token, token_expires_at,
        last_refreshed_at, last_used_at, oauth_status, oauth_completed_at, generation, refresh_version, next_refresh_at)
     SELECT tenant.id, client.id, 'google', '1' || lpad(n::text, 20, '0'), 'user' || n || '@example.com',
            '{https://www.googleapis.com/auth/gmail.readonly}',
            left(repeat(md5(n::text), 12), $2), left(repeat(md5((-n)::text), 7), $3),
            evergrant_now() + due + interval '10 minutes', evergrant_now() + due - interval '50 minutes',
            evergrant_now(), 'completed', evergrant_now() - interval '30 days', 1, 1, evergrant_now() + due
     FROM (SELECT id FROM tenants WHERE name = 'default') tenant, (SELECT id FROM oauth_clients LIMIT 1) client,
          (SELECT n, interval '20 minutes' + random() * interval '30 minutes' AS due FROM generate_series(1, $1) n) filler`,
    [count, sealedAccessTokenLength, sealedRefreshTokenLength],
  );
  await database.query('RESET session_replication_role');
  for (const definition of indexes) await database.query(definition);
  await database.query('VACUUM ANALYZE mcp_credentials');
}

/** Built at the end they take a fraction of the time. Those of constraints stay. */
async function droppedIndexes(database: pg.Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = 'mcp_credentials'::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  );
  for (const { name } of rows) await database.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
