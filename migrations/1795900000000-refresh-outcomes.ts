import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of refresh attempts, shared by the replicas of the OAuth service. */
export class RefreshOutcomes1795900000000 implements MigrationInterface {
  readonly name = 'RefreshOutcomes1795900000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE refresh_outcomes');
  }
}

const statements = [
  // Without an outcome an attempt runs, or died with its process. The OAuth service knows no tenant.
  `CREATE TABLE refresh_outcomes (
     attempt_id text NOT NULL CONSTRAINT refresh_outcomes_pk PRIMARY KEY,
     request_digest text NOT NULL,
     sealed_outcome text,
     started_at timestamptz NOT NULL DEFAULT evergrant_now()
   )`,
  'CREATE INDEX refresh_outcomes_age ON refresh_outcomes (started_at)',
];
