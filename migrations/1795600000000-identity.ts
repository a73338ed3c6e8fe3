import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys of tenants, console sessions, what an MCP token tells of itself, and counters of rate limits. */
export class Identity1795600000000 implements MigrationInterface {
  readonly name = 'Identity1795600000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE rate_limit_windows, console_sessions, api_keys');
    await queryRunner.query(
      'ALTER TABLE mcp_tokens DROP COLUMN name, DROP COLUMN prefix, DROP COLUMN expires_at, DROP COLUMN last_used_at',
    );
    await queryRunner.query('DROP INDEX tenants_page');
  }
}

const statements = [
  `CREATE TABLE api_keys (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT api_keys_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT api_keys_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     name text NOT NULL,
     prefix text NOT NULL,
     key_hash text NOT NULL CONSTRAINT api_keys_hash_unique UNIQUE,
     rights text[] NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz,
     last_used_at timestamptz
   )`,
  `CREATE INDEX api_keys_page ON api_keys (tenant_id, created_at, id)`,

  // Neither tenant nor key: the session is the operator's.
  `CREATE TABLE console_sessions (
     session_hash text NOT NULL CONSTRAINT console_sessions_pk PRIMARY KEY,
     tenant_id uuid CONSTRAINT console_sessions_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     api_key_id uuid CONSTRAINT console_sessions_api_key_fk REFERENCES api_keys (id) ON DELETE CASCADE,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT console_sessions_owner_check CHECK ((tenant_id IS NULL) = (api_key_id IS NULL))
   )`,
  `CREATE INDEX console_sessions_tenant ON console_sessions (tenant_id)`,
  `CREATE INDEX console_sessions_api_key ON console_sessions (api_key_id)`,
  `CREATE INDEX console_sessions_expiry ON console_sessions (expires_at)`,

  // Of the tokens there are, only what they all begin with is known.
  `ALTER TABLE mcp_tokens
     ADD COLUMN name text,
     ADD COLUMN prefix text NOT NULL DEFAULT 'egmcp_',
     ADD COLUMN expires_at timestamptz,
     ADD COLUMN last_used_at timestamptz`,
  `ALTER TABLE mcp_tokens ALTER COLUMN prefix DROP DEFAULT`,

  `CREATE TABLE rate_limit_windows (
     subject text NOT NULL CONSTRAINT rate_limit_windows_pk PRIMARY KEY,
     starts_at timestamptz NOT NULL,
     taken integer NOT NULL
   ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01)`,

  `CREATE INDEX tenants_page ON tenants (created_at, id)`,

  // A tenant's request may list keys, and neither make nor read one; of sessions it may nothing at all.
  `GRANT SELECT (id, tenant_id, name, prefix, rights, created_at, expires_at, last_used_at)
     ON api_keys TO evergrant_tenant`,
  ...['api_keys', 'console_sessions'].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_wall ON ${table} TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
  ]),
];
