import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads from any event to the one that its refresh token came with. Most events bring none, and cost nothing here. */
export class HistoryOfRefreshTokens1795750000000 implements MigrationInterface {
  readonly name = 'HistoryOfRefreshTokens1795750000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX credential_events_refresh_token ON credential_events (credential_id, refresh_version)
       WHERE refresh_token_fingerprint IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX credential_events_refresh_token');
  }
}
