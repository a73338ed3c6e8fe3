import type pg from 'pg';
import { tenantRole, tenantWalls } from './tenant-walls.js';
import { wallRepairs, type FoundWall } from './wall-repairs.js';

/**
 * Rebuilds what stands between tenants where a restored backup lacks it, and takes out of it what belongs to the server
 * that it came from. It changes nothing, and locks no table, where all is there. Needs the owner of the tables.
 * @returns whether anything was missing
 */
export async function rebuildWalls(client: pg.Client): Promise<boolean> {
  const repairs = wallRepairs(tenantWalls, await foundWalls(client));
  await client.query('BEGIN');
  try {
    for (const repair of repairs) await client.query(repair);
    // Transactions of another server: in this one they would count as still to come, and hold up the feed of changes.
    await client.query('DELETE FROM changes WHERE transaction_id >= pg_snapshot_xmax(pg_current_snapshot())');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return repairs.length > 0;
}

/** The walls of the tables that are there, as the catalog has them. */
export async function foundWalls(client: pg.Client): Promise<FoundWall[]> {
  const { rows } = await client.query<FoundWall>(
    `SELECT c.relname AS "table", c.relrowsecurity AS "isWalled",
       (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = c.oid AND polname = 'tenant_wall'
         AND polroles = ARRAY[to_regrole($1)::oid] AND polcmd = '*' AND polpermissive) AS rows,
       ARRAY(
         SELECT privilege_type FROM aclexplode(c.relacl) WHERE grantee = to_regrole($1)
         UNION ALL
         SELECT format('%s (%s)', privilege_type, attname) FROM pg_attribute, aclexplode(attacl)
         WHERE attrelid = c.oid AND grantee = to_regrole($1)
       ) AS privileges
     FROM pg_class c WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`,
    [tenantRole],
  );
  return rows;
}
