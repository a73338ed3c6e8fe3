import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An MCP token may have fewer rights than its instance; those there are keep all of them, and their life. */
export class RightsOfMcpTokens1796341000000 implements MigrationInterface {
  readonly name = 'RightsOfMcpTokens1796341000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE mcp_tokens ADD COLUMN scopes text[]');
    await queryRunner.query(changedWhen('token_hash, expires_at, scopes'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(changedWhen('token_hash, expires_at'));
    await queryRunner.query('ALTER TABLE mcp_tokens DROP COLUMN scopes');
  }
}

function changedWhen(columns: string): string {
  return `CREATE OR REPLACE TRIGGER mcp_tokens_changed AFTER DELETE OR UPDATE OF ${columns} ON mcp_tokens
     FOR EACH ROW EXECUTE FUNCTION evergrant_caller_changed()`;
}
