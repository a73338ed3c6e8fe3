import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of instances by the account's address, and of those that may wait for a person. */
export class InstanceFilters1796430000000 implements MigrationInterface {
  readonly name = 'InstanceFilters1796430000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP INDEX mcp_credentials_email, mcp_credentials_in_trouble, mcp_instances_unconnected',
    );
  }
}

const statements = [
  'CREATE INDEX mcp_credentials_email ON mcp_credentials (tenant_id, email)',
  `CREATE INDEX mcp_credentials_in_trouble ON mcp_credentials (tenant_id)
     WHERE oauth_status <> 'completed' OR verdict <> 'active' OR error_code IS NOT NULL`,
  'CREATE INDEX mcp_instances_unconnected ON mcp_instances (tenant_id) WHERE credential_id IS NULL',
];
