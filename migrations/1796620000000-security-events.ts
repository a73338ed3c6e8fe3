import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Security event tokens that were taken, and what Google names refresh tokens by in them. */
export class SecurityEvents1796620000000 implements MigrationInterface {
  readonly name = 'SecurityEvents1796620000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE security_events');
    await queryRunner.query(
      'DROP INDEX mcp_credentials_unidentified, mcp_credentials_refresh_token_hash, mcp_credentials_refresh_token_prefix',
    );
    await queryRunner.query(
      `ALTER TABLE mcp_credentials DROP COLUMN refresh_token_prefix, DROP COLUMN refresh_token_hash,
         DROP COLUMN identified_version`,
    );
  }
}

const statements = [
  // Of no tenant: a token is Google's word to the deployment.
  `CREATE TABLE security_events (
     token_id_hash text NOT NULL CONSTRAINT security_events_pk PRIMARY KEY,
     received_at timestamptz NOT NULL DEFAULT evergrant_now()
   )`,
  'CREATE INDEX security_events_age ON security_events (received_at)',
  // Keyed fingerprints, made when an event first needs them.
  `ALTER TABLE mcp_credentials ADD COLUMN refresh_token_prefix text, ADD COLUMN refresh_token_hash text,
     ADD COLUMN identified_version integer`,
  `CREATE INDEX mcp_credentials_refresh_token_prefix ON mcp_credentials (refresh_token_prefix)
     WHERE refresh_token_prefix IS NOT NULL`,
  `CREATE INDEX mcp_credentials_refresh_token_hash ON mcp_credentials (refresh_token_hash)
     WHERE refresh_token_hash IS NOT NULL`,
  `CREATE INDEX mcp_credentials_unidentified ON mcp_credentials (id)
     WHERE refresh_token IS NOT NULL AND identified_version IS DISTINCT FROM refresh_version`,
];
