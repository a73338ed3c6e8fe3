import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A consent lives on in its browser: it can be tried again, and how it ended can be told again. */
export class ConsentOutcomes1796330000000 implements MigrationInterface {
  readonly name = 'ConsentOutcomes1796330000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX oauth_flows_browser');
    await queryRunner.query(
      `ALTER TABLE oauth_flows
         DROP COLUMN state_expires_at, DROP COLUMN answered_state_hash, DROP COLUMN outcome`,
    );
  }
}

const statements = [
  `ALTER TABLE oauth_flows
     ADD COLUMN state_expires_at timestamptz, ADD COLUMN answered_state_hash text, ADD COLUMN outcome jsonb`,
  // Consents that are at the provider just now.
  'UPDATE oauth_flows SET state_expires_at = expires_at WHERE state_hash IS NOT NULL',
  'CREATE INDEX oauth_flows_browser ON oauth_flows (browser_hash) WHERE browser_hash IS NOT NULL',
];
