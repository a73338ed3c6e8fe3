import pg from 'pg';
import { throwUnlessPassing } from './failure.js';

/** Those of the two users of an embedded server. */
export interface Passwords {
  /** `postgres`, who makes the owner and is then out of use. */
  superuser: string;
  /** `evergrant`, as whom Evergrant works: it owns the database, and PostgreSQL's walls hold for it. */
  owner: string;
}

/** The same in every release: all data is there. */
const database = 'postgres';
const timeoutMs = 30_000;

export function ownerUrl(port: number, { owner }: Passwords): string {
  return `postgres://evergrant:${owner}@127.0.0.1:${port}/${database}`;
}

export function superuserUrl(port: number, { superuser }: Passwords): string {
  return `postgres://postgres:${superuser}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes the owner, who is no superuser, and hands it what releases before have made as one.
 * @returns false when the server cannot be reached, or is just being stopped
 * @throws EmbeddedPostgresFailure when the server refuses us for good
 */
export async function prepareOwner(port: number, passwords: Passwords): Promise<boolean> {
  const client = new pg.Client({
    connectionString: superuserUrl(port, passwords),
    application_name: 'evergrant owner',
    ssl: false,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN');
    // Several processes may start at once.
    await client.query(
      "SELECT pg_advisory_xact_lock(hashtext('evergrant owner')), set_config('evergrant.owner', $1, true)",
      [passwords.owner],
    );
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
    return true;
  } catch (cause) {
    throwUnlessPassing(cause);
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const statements = [
  `DO $$
   BEGIN
     IF to_regrole('evergrant_tenant') IS NULL THEN CREATE ROLE evergrant_tenant NOLOGIN; END IF;
     IF to_regrole('evergrant') IS NULL THEN CREATE ROLE evergrant; END IF;
     EXECUTE format('ALTER ROLE evergrant LOGIN NOSUPERUSER PASSWORD %L', current_setting('evergrant.owner'));
   END $$`,
  'GRANT evergrant_tenant TO evergrant WITH SET TRUE',
  `ALTER DATABASE ${database} OWNER TO evergrant`,
  // Indexes, identity sequences and row types go with their tables.
  `DO $$
   DECLARE
     made record;
   BEGIN
     FOR made IN
       SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END AS kind,
         c.oid::regclass::text AS name
       FROM pg_class c
       WHERE relnamespace = 'public'::regnamespace AND relowner <> 'evergrant'::regrole
         AND relkind IN ('r', 'p', 'v', 'S')
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')
           AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass)
       UNION ALL
       SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p
       WHERE pronamespace = 'public'::regnamespace AND proowner <> 'evergrant'::regrole
     LOOP
       EXECUTE format('ALTER %s %s OWNER TO evergrant', made.kind, made.name);
     END LOOP;
   END $$`,
];
