import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was seen to change in watched mailboxes, for a day, and the way in which every process hears of it. */
export class MailboxChanges1796576000000 implements MigrationInterface {
  readonly name = 'MailboxChanges1796576000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE mailbox_changes');
    await queryRunner.query('DROP FUNCTION evergrant_mailbox_changed');
    await queryRunner.query('DELETE FROM changes WHERE watched_instance_id IS NOT NULL');
    await queryRunner.query('ALTER TABLE changes DROP CONSTRAINT changes_subject_check');
    await queryRunner.query('ALTER TABLE changes DROP COLUMN watched_instance_id');
    await queryRunner.query(
      `ALTER TABLE changes ADD CONSTRAINT changes_subject_check
         CHECK (num_nonnulls(instance_id, credential_id, caller_id) <= 1)`,
    );
  }
}

const statements = [
  // Ids of one mailbox commit in their order: a row is written under the lock of its watch.
  `CREATE TABLE mailbox_changes (
     id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mailbox_changes_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT mailbox_changes_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid NOT NULL,
     kind text NOT NULL CONSTRAINT mailbox_changes_kind CHECK (kind IN ('changed', 'resync')),
     history_id numeric(20) NOT NULL,
     message_ids text[],
     thread_ids text[],
     at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT mailbox_changes_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX mailbox_changes_instance ON mailbox_changes (instance_id, id)',
  'CREATE INDEX mailbox_changes_age ON mailbox_changes (at)',
  'GRANT SELECT, INSERT ON mailbox_changes TO evergrant_tenant',
  'ALTER TABLE mailbox_changes ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON mailbox_changes TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',

  'ALTER TABLE changes ADD COLUMN watched_instance_id uuid',
  'ALTER TABLE changes DROP CONSTRAINT changes_subject_check',
  `ALTER TABLE changes ADD CONSTRAINT changes_subject_check
     CHECK (num_nonnulls(instance_id, credential_id, caller_id, watched_instance_id) <= 1)`,
  `CREATE FUNCTION evergrant_mailbox_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO changes (tenant_id, watched_instance_id, kind) VALUES (NEW.tenant_id, NEW.instance_id, 'updated');
     RETURN NULL;
   END $$`,
  // A path that does not name pg_temp begins with it: a temporary table of this name would take the change away.
  `DO $$
   BEGIN
     EXECUTE format('ALTER FUNCTION evergrant_mailbox_changed() SET search_path = %I, pg_temp', current_schema());
   END $$`,
  `CREATE TRIGGER mailbox_changes_told AFTER INSERT ON mailbox_changes
     FOR EACH ROW EXECUTE FUNCTION evergrant_mailbox_changed()`,
];
