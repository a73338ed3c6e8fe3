import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which a person lets a client do more than they did. */
export class PersonWidenings1796671000000 implements MigrationInterface {
  readonly name = 'PersonWidenings1796671000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE person_widenings');
  }
}

const statements = [
  `CREATE TABLE person_widenings (
     ticket_hash text NOT NULL CONSTRAINT person_widenings_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT person_widenings_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     authorization_id text NOT NULL,
     instance_id uuid,
     scopes text[] NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     agreed_scopes text[],
     decision text,
     CONSTRAINT person_widenings_authorization_fk
       FOREIGN KEY (tenant_id, authorization_id) REFERENCES person_authorizations (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX person_widenings_authorization ON person_widenings (tenant_id, authorization_id)',
  'CREATE INDEX person_widenings_expiry ON person_widenings (expires_at)',
  // No tenant's request reads them: they go with what they hang on.
  'ALTER TABLE person_widenings ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON person_widenings TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
