import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A hash chain of events for each tenant, which only grows. */
export class AuditChains1796510000000 implements MigrationInterface {
  readonly name = 'AuditChains1796510000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_events, audit_heads');
    await queryRunner.query('DROP FUNCTION evergrant_audit_event_stays, evergrant_audit_head_rises');
    await queryRunner.query("DELETE FROM data_keys WHERE purpose = 'audit'");
    await queryRunner.query('ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check');
    await queryRunner.query(
      `ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check CHECK (purpose IN ('tokens', 'fingerprints'))`,
    );
  }
}

const beforeTheFirst = '0'.repeat(64);

const statements = [
  'ALTER TABLE data_keys DROP CONSTRAINT data_keys_purpose_check',
  `ALTER TABLE data_keys ADD CONSTRAINT data_keys_purpose_check
     CHECK (purpose IN ('tokens', 'fingerprints', 'audit'))`,
  // A head is updated at every event: room in its page lets PostgreSQL do that without touching an index.
  `CREATE TABLE audit_heads (
     tenant_id uuid NOT NULL CONSTRAINT audit_heads_pk PRIMARY KEY
       CONSTRAINT audit_heads_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     sequence bigint NOT NULL DEFAULT 0,
     hash text NOT NULL DEFAULT '${beforeTheFirst}',
     pruned_sequence bigint NOT NULL DEFAULT 0,
     pruned_hash text NOT NULL DEFAULT '${beforeTheFirst}',
     pruned_seal text NOT NULL DEFAULT ''
   ) WITH (fillfactor = 50)`,
  `CREATE TABLE audit_events (
     tenant_id uuid NOT NULL CONSTRAINT audit_events_head_fk REFERENCES audit_heads (tenant_id) ON DELETE CASCADE,
     sequence bigint NOT NULL,
     at timestamptz NOT NULL,
     event text NOT NULL,
     actor jsonb NOT NULL,
     subject jsonb,
     instance_id uuid,
     details jsonb NOT NULL,
     previous_hash text NOT NULL,
     hash text NOT NULL,
     seal text NOT NULL,
     CONSTRAINT audit_events_pk PRIMARY KEY (tenant_id, sequence)
   )`,
  'CREATE INDEX audit_events_instance ON audit_events (tenant_id, instance_id, sequence)',
  'CREATE INDEX audit_events_at ON audit_events (tenant_id, at)',
  'GRANT SELECT, INSERT ON audit_events TO evergrant_tenant',
  'GRANT SELECT, INSERT (tenant_id), UPDATE (sequence, hash) ON audit_heads TO evergrant_tenant',
  'ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY tenant_wall ON audit_events TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
  'CREATE POLICY tenant_wall ON audit_heads TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())',
  // The owner of the tables is not held by grants. An event goes with its tenant, or when the head says it was pruned.
  `CREATE FUNCTION evergrant_audit_event_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   BEGIN
     IF TG_OP = 'DELETE' THEN
       IF NOT EXISTS (SELECT FROM tenants WHERE id = OLD.tenant_id) OR EXISTS (
         SELECT FROM audit_heads WHERE tenant_id = OLD.tenant_id AND pruned_sequence >= OLD.sequence
       ) THEN
         RETURN OLD;
       END IF;
     END IF;
     RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'restrict_violation';
   END $$`,
  `CREATE FUNCTION evergrant_audit_head_rises() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   BEGIN
     IF TG_OP = 'UPDATE' THEN
       IF NEW.tenant_id = OLD.tenant_id AND NEW.sequence >= OLD.sequence
         AND NEW.pruned_sequence >= OLD.pruned_sequence AND NEW.pruned_sequence <= NEW.sequence THEN
         RETURN NEW;
       END IF;
     ELSIF TG_OP = 'DELETE' THEN
       IF NOT EXISTS (SELECT FROM tenants WHERE id = OLD.tenant_id) THEN
         RETURN OLD;
       END IF;
     END IF;
     RAISE EXCEPTION 'the head of an audit chain only rises' USING ERRCODE = 'restrict_violation';
   END $$`,
  // A path that does not name pg_temp begins with it: a temporary table named tenants would let everything go.
  `DO $$
   BEGIN
     EXECUTE format('ALTER FUNCTION evergrant_audit_event_stays() SET search_path = %I, pg_temp', current_schema());
     EXECUTE format('ALTER FUNCTION evergrant_audit_head_rises() SET search_path = %I, pg_temp', current_schema());
   END $$`,
  `CREATE TRIGGER audit_events_stay BEFORE UPDATE OR DELETE ON audit_events
     FOR EACH ROW EXECUTE FUNCTION evergrant_audit_event_stays()`,
  `CREATE TRIGGER audit_events_stay_all BEFORE TRUNCATE ON audit_events
     FOR EACH STATEMENT EXECUTE FUNCTION evergrant_audit_event_stays()`,
  `CREATE TRIGGER audit_heads_rise BEFORE UPDATE OR DELETE ON audit_heads
     FOR EACH ROW EXECUTE FUNCTION evergrant_audit_head_rises()`,
  `CREATE TRIGGER audit_heads_rise_all BEFORE TRUNCATE ON audit_heads
     FOR EACH STATEMENT EXECUTE FUNCTION evergrant_audit_head_rises()`,
];
