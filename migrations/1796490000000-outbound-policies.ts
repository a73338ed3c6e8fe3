import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What may leave a mailbox: a policy for each tenant, and where an instance differs from it, one of its own. An instance
 * that may send already goes on doing so to recipients who are new to its mailbox; all other defaults hold for it.
 */
export class OutboundPolicies1796490000000 implements MigrationInterface {
  readonly name = 'OutboundPolicies1796490000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tenantsChanged('suspended_at'));
    await queryRunner.query('ALTER TABLE mcp_instances DROP COLUMN policy');
    await queryRunner.query('ALTER TABLE tenants DROP COLUMN policy');
  }
}

const statements = [
  'ALTER TABLE tenants ADD COLUMN policy jsonb',
  'ALTER TABLE mcp_instances ADD COLUMN policy jsonb',
  `UPDATE mcp_instances SET policy = '{"newRecipients": "allow"}'
   WHERE scopes && ARRAY['https://mail.google.com/', 'https://www.googleapis.com/auth/gmail.modify',
     'https://www.googleapis.com/auth/gmail.compose', 'https://www.googleapis.com/auth/gmail.send']`,
  tenantsChanged('suspended_at, policy'),
];

/** Every process hears of a change of these columns. */
function tenantsChanged(columns: string): string {
  return `CREATE OR REPLACE TRIGGER tenants_changed AFTER DELETE OR UPDATE OF ${columns} ON tenants
     FOR EACH ROW EXECUTE FUNCTION evergrant_tenant_changed()`;
}
