import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The feed of changes that every process follows, and the queue of grants to revoke at the provider. */
export class ChangesAndRevocations1795700000000 implements MigrationInterface {
  readonly name = 'ChangesAndRevocations1795700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER mcp_credentials_changed ON mcp_credentials');
    await queryRunner.query('DROP TRIGGER mcp_instances_changed ON mcp_instances');
    await queryRunner.query('DROP FUNCTION evergrant_credential_changed, evergrant_instance_changed');
    await queryRunner.query('DROP INDEX mcp_credentials_subject');
    await queryRunner.query('DROP TABLE changes, revocations');
  }
}

const statements = [
  // Identity values are drawn before transactions commit, in any order. A reader that follows transaction ids below
  // the oldest one still running misses none. No foreign keys: what is gone has changed as well.
  `CREATE TABLE changes (
     transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
     id bigint GENERATED ALWAYS AS IDENTITY,
     at timestamptz NOT NULL DEFAULT evergrant_now(),
     tenant_id uuid NOT NULL,
     instance_id uuid,
     credential_id uuid,
     kind text NOT NULL CONSTRAINT changes_kind_check CHECK (kind IN ('created', 'updated', 'deleted')),
     CONSTRAINT changes_pk PRIMARY KEY (transaction_id, id),
     CONSTRAINT changes_subject_check CHECK (num_nonnulls(instance_id, credential_id) = 1)
   )`,
  `CREATE INDEX changes_tenant ON changes (tenant_id, transaction_id, id)`,
  `CREATE INDEX changes_at ON changes (at)`,

  // SECURITY DEFINER: a tenant's own statement leaves its change, and may write none by itself.
  `CREATE FUNCTION evergrant_instance_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO changes (tenant_id, instance_id, kind) VALUES (
       coalesce(NEW.tenant_id, OLD.tenant_id), coalesce(NEW.id, OLD.id),
       CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER mcp_instances_changed AFTER INSERT OR UPDATE OR DELETE ON mcp_instances
     FOR EACH ROW EXECUTE FUNCTION evergrant_instance_changed()`,
  `CREATE FUNCTION evergrant_credential_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO changes (tenant_id, credential_id, kind) VALUES (NEW.tenant_id, NEW.id, 'updated');
     RETURN NULL;
   END $$`,
  // What anybody sees of a credential; not its lease, nor when it is due.
  `CREATE TRIGGER mcp_credentials_changed AFTER UPDATE ON mcp_credentials FOR EACH ROW
     WHEN ((OLD.access_token, OLD.generation, OLD.oauth_status, OLD.verdict, OLD.error_code, OLD.email)
       IS DISTINCT FROM (NEW.access_token, NEW.generation, NEW.oauth_status, NEW.verdict, NEW.error_code, NEW.email))
     EXECUTE FUNCTION evergrant_credential_changed()`,

  // The refresh token stays sealed for the credential and generation that it was taken from.
  `CREATE TABLE revocations (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT revocations_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT revocations_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     credential_id uuid NOT NULL
       CONSTRAINT revocations_credential_fk REFERENCES mcp_credentials (id) ON DELETE CASCADE,
     refresh_token text NOT NULL,
     generation integer NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     next_attempt_at timestamptz NOT NULL DEFAULT evergrant_now(),
     created_at timestamptz NOT NULL DEFAULT evergrant_now()
   )`,
  `CREATE INDEX revocations_due ON revocations (next_attempt_at)`,
  `CREATE INDEX mcp_credentials_subject ON mcp_credentials (subject) WHERE refresh_token IS NOT NULL`,
];
