import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The account that a consent has to be of, where the caller who began it said so. */
export class RequiredAccounts1796400000000 implements MigrationInterface {
  readonly name = 'RequiredAccounts1796400000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE oauth_flows ADD COLUMN required_account text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE oauth_flows DROP COLUMN required_account');
  }
}
