import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What refreshes came to, hour by hour, for figures of a month; and how far the history was counted. */
export class RefreshFigures1796661000000 implements MigrationInterface {
  readonly name = 'RefreshFigures1796661000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE refresh_figures, refresh_figures_progress');
    await queryRunner.query('ALTER TABLE credential_events DROP COLUMN service_failed');
  }
}

const statements = [
  'ALTER TABLE credential_events ADD COLUMN service_failed boolean',
  `CREATE TABLE refresh_figures (
     tenant_id uuid NOT NULL CONSTRAINT refresh_figures_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     hour timestamptz NOT NULL,
     refreshed integer NOT NULL DEFAULT 0,
     rejected integer NOT NULL DEFAULT 0,
     unavailable integer NOT NULL DEFAULT 0,
     unknown integer NOT NULL DEFAULT 0,
     direct integer NOT NULL DEFAULT 0,
     service_answered integer NOT NULL DEFAULT 0,
     service_failed integer NOT NULL DEFAULT 0,
     reauthentications integer NOT NULL DEFAULT 0,
     CONSTRAINT refresh_figures_pk PRIMARY KEY (tenant_id, hour)
   )`,
  'CREATE INDEX refresh_figures_hour ON refresh_figures (hour)',
  // Only what counts reads it; a tenant's figures are read together with what is not counted yet.
  'ALTER TABLE refresh_figures ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY tenant_wall ON refresh_figures TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())`,
  `CREATE TABLE refresh_figures_progress (
     one_row boolean NOT NULL DEFAULT true
       CONSTRAINT refresh_figures_progress_pk PRIMARY KEY CONSTRAINT refresh_figures_progress_one_row_check CHECK (one_row),
     last_event_id bigint NOT NULL DEFAULT 0
   )`,
  'INSERT INTO refresh_figures_progress DEFAULT VALUES',
];
