import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an instance's tools are called by, so that an agent with several mailboxes tells them apart. */
export class ToolPrefixes1796470000000 implements MigrationInterface {
  readonly name = 'ToolPrefixes1796470000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mcp_instances ADD COLUMN tool_prefix text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mcp_instances DROP COLUMN tool_prefix');
  }
}
