import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mailboxes that are watched for changes: how, up to where they are known, and when they are looked at next. */
export class MailboxWatches1796575000000 implements MigrationInterface {
  readonly name = 'MailboxWatches1796575000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE mailbox_watches');
  }
}

const statements = [
  // Gmail's history ids are unsigned 64-bit numbers.
  `CREATE TABLE mailbox_watches (
     instance_id uuid NOT NULL CONSTRAINT mailbox_watches_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT mailbox_watches_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     email text NOT NULL,
     label_ids text[] NOT NULL DEFAULT '{}',
     mode text NOT NULL DEFAULT 'poll' CONSTRAINT mailbox_watches_mode CHECK (mode IN ('push', 'poll')),
     topic text,
     expires_at timestamptz,
     renew_at timestamptz,
     renewal_failures integer NOT NULL DEFAULT 0,
     history_id numeric(20) NOT NULL,
     pushed_history_id numeric(20),
     look_at timestamptz NOT NULL,
     look_failures integer NOT NULL DEFAULT 0,
     error_code text,
     due_at timestamptz NOT NULL,
     lease_id uuid,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT mailbox_watches_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX mailbox_watches_due ON mailbox_watches (due_at)',
  'CREATE INDEX mailbox_watches_email ON mailbox_watches (email)',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON mailbox_watches TO evergrant_tenant',
  'ALTER TABLE mailbox_watches ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON mailbox_watches TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
