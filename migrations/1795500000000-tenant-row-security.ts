import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security: what is asked as the role `evergrant_tenant` sees the rows of the one tenant that the
 * transaction names in `evergrant.tenant_id`, and none without a name.
 */
export class TenantRowSecurity1795500000000 implements MigrationInterface {
  readonly name = 'TenantRowSecurity1795500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  /** Leaves the role: it belongs to the whole server, and other databases may use it. */
  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of Object.keys(privileges)) {
      await queryRunner.query(`DROP POLICY tenant_wall ON ${table}`);
      await queryRunner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
      await queryRunner.query(`REVOKE ALL ON ${table} FROM evergrant_tenant`);
    }
    await queryRunner.query('DROP FUNCTION evergrant_tenant_id()');
  }
}

/** What a tenant's request may do; sealed tokens, secrets and data keys are not among it. */
const privileges = {
  tenants: 'SELECT',
  oauth_clients: 'SELECT (id, tenant_id, provider, client_id)',
  mcp_credentials: `SELECT (id, tenant_id, oauth_client_id, provider, subject, email, scopes, token_expires_at,
    refresh_token_expires_at, last_refreshed_at, oauth_status, oauth_completed_at, verdict, verdict_at, error_code,
    error_reason, generation, refresh_version, created_at, updated_at)`,
  credential_events: 'SELECT',
  mcp_instances: 'SELECT, INSERT, UPDATE, DELETE',
  mcp_tokens: 'SELECT, INSERT, UPDATE, DELETE',
  oauth_flows: 'SELECT, INSERT, UPDATE, DELETE',
};

const statements = [
  // Roles belong to the server, so another database may have made it already, perhaps just now.
  `DO $$
   BEGIN
     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'evergrant_tenant') THEN
       CREATE ROLE evergrant_tenant NOLOGIN;
     END IF;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
   END $$`,
  `DO $$
   BEGIN
     IF NOT pg_has_role('evergrant_tenant', 'MEMBER') THEN
       EXECUTE format('GRANT evergrant_tenant TO %I', current_user);
     END IF;
   END $$`,
  `CREATE FUNCTION evergrant_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
   AS $$SELECT nullif(current_setting('evergrant.tenant_id', true), '')::uuid$$`,
  ...Object.entries(privileges).flatMap(([table, granted]) => [
    `GRANT ${granted} ON ${table} TO evergrant_tenant`,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_wall ON ${table} TO evergrant_tenant
       USING (${table === 'tenants' ? 'id' : 'tenant_id'} = evergrant_tenant_id())`,
  ]),
];
