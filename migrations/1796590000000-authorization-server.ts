import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the authorization server for MCP clients keeps: clients, what is under way or was issued, and its signing keys. */
export class AuthorizationServer1796590000000 implements MigrationInterface {
  readonly name = 'AuthorizationServer1796590000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_in_records, sign_in_clients, signing_keys');
    await queryRunner.query("DELETE FROM data_keys WHERE purpose = 'sign-in'");
    await queryRunner.query('ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check');
    await queryRunner.query(
      `ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check
         CHECK (purpose IN ('tokens', 'fingerprints', 'audit'))`,
    );
  }
}

const statements = [
  'ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check',
  `ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check
     CHECK (purpose IN ('tokens', 'fingerprints', 'audit', 'sign-in'))`,
  `CREATE TABLE sign_in_records (
     model text NOT NULL,
     id_hash text NOT NULL,
     tenant_id uuid CONSTRAINT sign_in_records_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     authorization_id text,
     sealed_payload text NOT NULL,
     consumed_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT sign_in_records_pk PRIMARY KEY (model, id_hash)
   )`,
  'CREATE INDEX sign_in_records_tenant ON sign_in_records (tenant_id)',
  'CREATE INDEX sign_in_records_authorization ON sign_in_records (authorization_id)',
  'CREATE INDEX sign_in_records_expiry ON sign_in_records (expires_at)',
  `CREATE TABLE sign_in_clients (
     client_id text NOT NULL CONSTRAINT sign_in_clients_pk PRIMARY KEY,
     sealed_metadata text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     last_used_at timestamptz
   )`,
  'CREATE INDEX sign_in_clients_age ON sign_in_clients (created_at)',
  `CREATE TABLE signing_keys (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT signing_keys_pk PRIMARY KEY,
     sealed_key text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now()
   )`,
  // No tenant's request reads what is under way here: browsers and clients come without one.
  'ALTER TABLE sign_in_records ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON sign_in_records TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
