import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was taken of limits that hold over any minute, such as Gmail's quota for one mailbox. */
export class RateLimitSlices1796460000000 implements MigrationInterface {
  readonly name = 'RateLimitSlices1796460000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE rate_limit_slices');
  }
}

// Written often and worth nothing after a minute: a crash may forget it.
const statements = [
  `CREATE UNLOGGED TABLE rate_limit_slices (
     subject text NOT NULL CONSTRAINT rate_limit_slices_pk PRIMARY KEY,
     units integer[] NOT NULL,
     ends_at timestamptz[] NOT NULL,
     granted integer NOT NULL,
     expires_at timestamptz NOT NULL
   ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01)`,
];
