import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which tools an instance has: those of the toolsets that are switched on, and where it is read-only none that write. */
export class Toolsets1796530000000 implements MigrationInterface {
  readonly name = 'Toolsets1796530000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE mcp_instances
         ADD COLUMN toolsets text[] NOT NULL DEFAULT '{core}',
         ADD COLUMN read_only boolean NOT NULL DEFAULT false`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mcp_instances DROP COLUMN toolsets, DROP COLUMN read_only');
  }
}
