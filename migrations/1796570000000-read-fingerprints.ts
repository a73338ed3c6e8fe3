import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What instances have read within the last day, as keyed hashes of its words. */
export class ReadFingerprints1796570000000 implements MigrationInterface {
  readonly name = 'ReadFingerprints1796570000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read_fingerprints');
  }
}

const statements = [
  `CREATE TABLE read_fingerprints (
     tenant_id uuid NOT NULL CONSTRAINT read_fingerprints_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid NOT NULL,
     thread_id text NOT NULL,
     text_hash bigint NOT NULL,
     hashes bigint[] NOT NULL,
     read_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT read_fingerprints_pk PRIMARY KEY (instance_id, thread_id, text_hash),
     CONSTRAINT read_fingerprints_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX read_fingerprints_newest ON read_fingerprints (instance_id, read_at)',
  'CREATE INDEX read_fingerprints_age ON read_fingerprints (read_at)',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON read_fingerprints TO evergrant_tenant',
  'ALTER TABLE read_fingerprints ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON read_fingerprints TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
