import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail of the last day, counted against the limits of its instance. */
export class SendReservations1796340000000 implements MigrationInterface {
  readonly name = 'SendReservations1796340000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE send_reservations');
  }
}

const statements = [
  `CREATE TABLE send_reservations (
     id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT send_reservations_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT send_reservations_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid NOT NULL,
     recipients integer NOT NULL,
     reserved_at timestamptz NOT NULL DEFAULT evergrant_now(),
     CONSTRAINT send_reservations_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX send_reservations_window ON send_reservations (instance_id, reserved_at)',
  // What was counted is never changed, only taken back.
  'GRANT SELECT, INSERT, DELETE ON send_reservations TO evergrant_tenant',
  'ALTER TABLE send_reservations ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY tenant_wall ON send_reservations TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
];
