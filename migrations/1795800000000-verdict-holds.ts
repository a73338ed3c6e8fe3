import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds over the verdicts of a spike, and when each suspicion began. */
export class VerdictHolds1795800000000 implements MigrationInterface {
  readonly name = 'VerdictHolds1795800000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE verdict_holds');
    await queryRunner.query('DROP INDEX mcp_credentials_suspects, mcp_credentials_suspected');
    await queryRunner.query('ALTER TABLE mcp_credentials DROP COLUMN suspected_at');
    await queryRunner.query(
      "CREATE INDEX mcp_credentials_suspects ON mcp_credentials (verdict_at) WHERE verdict = 'suspect'",
    );
  }
}

const statements = [
  'ALTER TABLE mcp_credentials ADD COLUMN suspected_at timestamptz',
  `UPDATE mcp_credentials SET suspected_at = verdict_at, next_refresh_at = coalesce(next_refresh_at, evergrant_now())
   WHERE verdict = 'suspect'`,
  `CREATE INDEX mcp_credentials_suspected ON mcp_credentials (oauth_client_id, suspected_at)
     WHERE suspected_at IS NOT NULL`,
  // A suspect's next refresh is its next probe.
  'DROP INDEX mcp_credentials_suspects',
  "CREATE INDEX mcp_credentials_suspects ON mcp_credentials (next_refresh_at) WHERE verdict = 'suspect'",

  // Over all grants of an OAuth client, or over one tenant's.
  `CREATE TABLE verdict_holds (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT verdict_holds_pk PRIMARY KEY,
     oauth_client_id uuid NOT NULL
       CONSTRAINT verdict_holds_oauth_client_fk REFERENCES oauth_clients (id) ON DELETE CASCADE,
     tenant_id uuid CONSTRAINT verdict_holds_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     started_at timestamptz NOT NULL DEFAULT evergrant_now(),
     healthy_at timestamptz,
     refusals integer NOT NULL DEFAULT 0,
     refused_at timestamptz
   )`,
  `CREATE UNIQUE INDEX verdict_holds_scope_unique ON verdict_holds (oauth_client_id, tenant_id) NULLS NOT DISTINCT`,
  'GRANT SELECT (suspected_at) ON mcp_credentials TO evergrant_tenant',
  'GRANT SELECT (oauth_client_id, tenant_id) ON verdict_holds TO evergrant_tenant',
  'ALTER TABLE verdict_holds ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY tenant_wall ON verdict_holds TO evergrant_tenant
     USING (tenant_id IS NULL OR tenant_id = evergrant_tenant_id())`,
];
