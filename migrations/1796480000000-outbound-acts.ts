import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What leaves mailboxes: held for a person, on its way, or done; each once. */
export class OutboundActs1796480000000 implements MigrationInterface {
  readonly name = 'OutboundActs1796480000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE outbound_acts');
  }
}

const statements = [
  `CREATE TABLE outbound_acts (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT outbound_acts_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT outbound_acts_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid NOT NULL,
     kind text NOT NULL,
     idempotency_key text,
     key_expires_at timestamptz,
     content_digest text NOT NULL,
     state text NOT NULL,
     verdict text NOT NULL,
     reasons text[] NOT NULL DEFAULT '{}',
     recipients integer NOT NULL,
     reading text,
     request text,
     result jsonb,
     mcp_token_id uuid,
     reservation_id uuid,
     lease_id uuid,
     leased_until timestamptz,
     retry_at timestamptz,
     begun_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     decided_at timestamptz,
     decided_by text,
     ended_at timestamptz,
     CONSTRAINT outbound_acts_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  // Keys that have ended are taken away, so that a key names one act of an instance.
  'CREATE UNIQUE INDEX outbound_acts_key ON outbound_acts (instance_id, idempotency_key)',
  'CREATE INDEX outbound_acts_newest ON outbound_acts (tenant_id, created_at, id)',
  `CREATE INDEX outbound_acts_open ON outbound_acts (retry_at)
     WHERE state IN ('held', 'approved', 'intended', 'unknown')`,
  'CREATE INDEX outbound_acts_ended ON outbound_acts (ended_at) WHERE ended_at IS NOT NULL',
  'GRANT SELECT, INSERT, UPDATE ON outbound_acts TO evergrant_tenant',
  'ALTER TABLE outbound_acts ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON outbound_acts TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
];
