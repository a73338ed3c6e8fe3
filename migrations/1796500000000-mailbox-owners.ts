import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-ins of the owners of mailboxes, and the sessions they end in; neither holds a token of the provider's. */
export class MailboxOwners1796500000000 implements MigrationInterface {
  readonly name = 'MailboxOwners1796500000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE owner_sessions, owner_sign_ins');
  }
}

const statements = [
  `CREATE TABLE owner_sign_ins (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT owner_sign_ins_pk PRIMARY KEY,
     tenant_id uuid CONSTRAINT owner_sign_ins_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid,
     oauth_client_id uuid NOT NULL
       CONSTRAINT owner_sign_ins_oauth_client_fk REFERENCES oauth_clients (id) ON DELETE CASCADE,
     provider text NOT NULL,
     state_hash text NOT NULL CONSTRAINT owner_sign_ins_state_hash_unique UNIQUE,
     browser_hash text NOT NULL,
     return_path text NOT NULL,
     answered_at timestamptz,
     expires_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT owner_sign_ins_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE,
     CONSTRAINT owner_sign_ins_mailbox_check CHECK ((tenant_id IS NULL) = (instance_id IS NULL))
   )`,
  'CREATE INDEX owner_sign_ins_instance ON owner_sign_ins (tenant_id, instance_id)',
  'CREATE INDEX owner_sign_ins_oauth_client ON owner_sign_ins (oauth_client_id)',
  'CREATE INDEX owner_sign_ins_expiry ON owner_sign_ins (expires_at)',
  `CREATE TRIGGER owner_sign_ins_client_of_tenant
   BEFORE INSERT OR UPDATE OF tenant_id, oauth_client_id ON owner_sign_ins
   FOR EACH ROW WHEN (NEW.oauth_client_id IS NOT NULL) EXECUTE FUNCTION evergrant_client_of_tenant()`,
  `CREATE TABLE owner_sessions (
     session_hash text NOT NULL CONSTRAINT owner_sessions_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT owner_sessions_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     provider text NOT NULL,
     subject text NOT NULL,
     email text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL
   )`,
  'CREATE INDEX owner_sessions_tenant ON owner_sessions (tenant_id)',
  'CREATE INDEX owner_sessions_expiry ON owner_sessions (expires_at)',
  // No tenant's request reads either: the browser of an owner comes without one.
  ...['owner_sign_ins', 'owner_sessions'].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_wall ON ${table} TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
  ]),
];
