import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in with their provider, their mailboxes, what they let clients do, and what they act by. */
export class People1796600000000 implements MigrationInterface {
  readonly name = 'People1796600000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE person_sessions, person_tokens, person_authorizations, person_mailboxes, people',
    );
    await queryRunner.query('DROP FUNCTION evergrant_person_changed');
  }
}

const personFk = 'FOREIGN KEY (tenant_id, person_id) REFERENCES people (tenant_id, id) ON DELETE CASCADE';

const tables = ['people', 'person_mailboxes', 'person_authorizations', 'person_tokens', 'person_sessions'];

const statements = [
  `CREATE TABLE people (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT people_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT people_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     provider text NOT NULL,
     subject text NOT NULL,
     email text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     last_sign_in_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT people_account_unique UNIQUE (provider, subject),
     CONSTRAINT people_tenant_id_unique UNIQUE (tenant_id, id)
   )`,
  'CREATE INDEX people_page ON people (tenant_id, created_at, id)',
  `CREATE TABLE person_mailboxes (
     tenant_id uuid NOT NULL CONSTRAINT person_mailboxes_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     person_id uuid NOT NULL,
     instance_id uuid NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT person_mailboxes_pk PRIMARY KEY (tenant_id, instance_id),
     CONSTRAINT person_mailboxes_person_fk ${personFk},
     CONSTRAINT person_mailboxes_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX person_mailboxes_person ON person_mailboxes (tenant_id, person_id, created_at)',
  `CREATE TABLE person_authorizations (
     id text NOT NULL CONSTRAINT person_authorizations_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT person_authorizations_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     person_id uuid NOT NULL,
     client_id text NOT NULL,
     client_name text,
     scopes text[] NOT NULL,
     instance_ids uuid[],
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     updated_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT person_authorizations_tenant_id_unique UNIQUE (tenant_id, id),
     CONSTRAINT person_authorizations_person_fk ${personFk}
   )`,
  'CREATE INDEX person_authorizations_person ON person_authorizations (tenant_id, person_id, created_at, id)',
  `CREATE TABLE person_tokens (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT person_tokens_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT person_tokens_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     authorization_id text NOT NULL,
     token_hash text NOT NULL CONSTRAINT person_tokens_hash_unique UNIQUE,
     scopes text[] NOT NULL,
     resource text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT person_tokens_authorization_fk
       FOREIGN KEY (tenant_id, authorization_id) REFERENCES person_authorizations (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX person_tokens_authorization ON person_tokens (tenant_id, authorization_id)',
  'CREATE INDEX person_tokens_expiry ON person_tokens (expires_at)',
  `CREATE TABLE person_sessions (
     session_hash text NOT NULL CONSTRAINT person_sessions_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT person_sessions_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     person_id uuid NOT NULL,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT person_sessions_person_fk ${personFk}
   )`,
  'CREATE INDEX person_sessions_person ON person_sessions (tenant_id, person_id)',
  'CREATE INDEX person_sessions_expiry ON person_sessions (expires_at)',

  // What one person's tokens open: every process drops what it remembers of them.
  `CREATE FUNCTION evergrant_person_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       INSERT INTO changes (tenant_id, caller_id, kind) VALUES (NEW.tenant_id, NEW.person_id, 'updated');
     ELSE
       INSERT INTO changes (tenant_id, caller_id, kind) VALUES (OLD.tenant_id, OLD.person_id, 'updated');
     END IF;
     RETURN NULL;
   END $$`,
  // A path that does not name pg_temp begins with it: a temporary table of this name would take the change away.
  `DO $$
   BEGIN
     EXECUTE format('ALTER FUNCTION evergrant_person_changed() SET search_path = %I, pg_temp', current_schema());
   END $$`,
  `CREATE TRIGGER person_mailboxes_changed AFTER INSERT OR DELETE ON person_mailboxes
     FOR EACH ROW EXECUTE FUNCTION evergrant_person_changed()`,
  `CREATE TRIGGER person_authorizations_changed AFTER UPDATE OF scopes, instance_ids ON person_authorizations
     FOR EACH ROW EXECUTE FUNCTION evergrant_person_changed()`,
  // Those that are over are forgotten by themselves.
  `CREATE TRIGGER person_tokens_changed AFTER DELETE OR UPDATE OF token_hash, scopes, resource, expires_at ON person_tokens
     FOR EACH ROW WHEN (OLD.expires_at > evergrant_now()) EXECUTE FUNCTION evergrant_caller_changed()`,

  'GRANT SELECT, DELETE ON people TO evergrant_tenant',
  'GRANT SELECT, INSERT, DELETE ON person_mailboxes TO evergrant_tenant',
  `GRANT SELECT, INSERT, DELETE, UPDATE (client_name, scopes, instance_ids, updated_at)
     ON person_authorizations TO evergrant_tenant`,
  // No tenant's request reads sessions or tokens: they go with what they hang on.
  ...tables.flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant_wall ON ${table} TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
  ]),
];
