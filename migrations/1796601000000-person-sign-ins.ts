import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People on their way through the provider, to sign in, to connect a mailbox, or both at once. Only hashes are stored. */
export class PersonSignIns1796601000000 implements MigrationInterface {
  readonly name = 'PersonSignIns1796601000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE person_sign_ins');
  }
}

const statements = [
  `CREATE TABLE person_sign_ins (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT person_sign_ins_pk PRIMARY KEY,
     tenant_id uuid CONSTRAINT person_sign_ins_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     person_id uuid,
     instance_id uuid,
     oauth_client_id uuid NOT NULL
       CONSTRAINT person_sign_ins_oauth_client_fk REFERENCES oauth_clients (id) ON DELETE CASCADE,
     provider text NOT NULL,
     scopes text[] NOT NULL,
     return_path text NOT NULL,
     state_hash text NOT NULL CONSTRAINT person_sign_ins_state_hash_unique UNIQUE,
     browser_hash text NOT NULL,
     consent_forced boolean NOT NULL,
     answered_at timestamptz,
     outcome jsonb,
     expires_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT person_sign_ins_person_fk
       FOREIGN KEY (tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE,
     CONSTRAINT person_sign_ins_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE,
     CONSTRAINT person_sign_ins_person_check CHECK ((tenant_id IS NULL) = (person_id IS NULL)),
     CONSTRAINT person_sign_ins_instance_check CHECK (instance_id IS NULL OR person_id IS NOT NULL)
   )`,
  'CREATE INDEX person_sign_ins_person ON person_sign_ins (tenant_id, person_id)',
  'CREATE INDEX person_sign_ins_instance ON person_sign_ins (tenant_id, instance_id)',
  'CREATE INDEX person_sign_ins_oauth_client ON person_sign_ins (oauth_client_id)',
  'CREATE INDEX person_sign_ins_expiry ON person_sign_ins (expires_at)',
  `CREATE TRIGGER person_sign_ins_client_of_tenant
   BEFORE INSERT OR UPDATE OF tenant_id, oauth_client_id ON person_sign_ins
   FOR EACH ROW WHEN (NEW.oauth_client_id IS NOT NULL) EXECUTE FUNCTION evergrant_client_of_tenant()`,
  // No tenant's request reads it: who comes along is not known yet.
  'ALTER TABLE person_sign_ins ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON person_sign_ins TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
