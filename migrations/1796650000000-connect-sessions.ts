import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credentials of minutes by which a page of another origin sees and connects the instances that they name. */
export class ConnectSessions1796650000000 implements MigrationInterface {
  readonly name = 'ConnectSessions1796650000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE connect_sessions');
  }
}

const statements = [
  // Made with the operator's key it has no key of the tenant; without instances it is for all of them.
  `CREATE TABLE connect_sessions (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT connect_sessions_pk PRIMARY KEY,
     session_hash text NOT NULL CONSTRAINT connect_sessions_hash_unique UNIQUE,
     tenant_id uuid NOT NULL CONSTRAINT connect_sessions_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     api_key_id uuid,
     instance_ids uuid[],
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT connect_sessions_api_key_fk
       FOREIGN KEY (tenant_id, api_key_id) REFERENCES api_keys (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX connect_sessions_api_key ON connect_sessions (tenant_id, api_key_id)',
  'CREATE INDEX connect_sessions_expiry ON connect_sessions (expires_at)',
  // No tenant's request reads them: they go with what they hang on.
  'ALTER TABLE connect_sessions ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY tenant_wall ON connect_sessions TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
];
