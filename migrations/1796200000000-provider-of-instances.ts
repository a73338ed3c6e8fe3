import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An instance names the provider whose accounts it connects to, also before its first consent. */
export class ProviderOfInstances1796200000000 implements MigrationInterface {
  readonly name = 'ProviderOfInstances1796200000000';

  /** The default stays: replicas of the release before go on creating instances while this one starts. */
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE mcp_instances ADD COLUMN provider text NOT NULL DEFAULT 'google'");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mcp_instances DROP COLUMN provider');
  }
}
