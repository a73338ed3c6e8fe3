import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Foreign keys carry the tenant: no row of one tenant points to a row of another, whatever wrote it. */
export class TenantsInForeignKeys1796320000000 implements MigrationInterface {
  readonly name = 'TenantsInForeignKeys1796320000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['mcp_instances', 'api_keys']) {
      await queryRunner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${table}_tenant_id_unique UNIQUE (tenant_id, id)`,
      );
    }
    for (const { table, name, column, parent, existing } of references) {
      await queryRunner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name}
        FOREIGN KEY (tenant_id, ${column}) REFERENCES ${parent} (tenant_id, id) ON DELETE CASCADE ${existing}`);
    }
    const [found] = (await queryRunner.query('SELECT quote_ident(current_schema()) AS schema')) as {
      schema: string;
    }[];
    for (const statement of clientWall(found?.schema ?? 'public')) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER oauth_clients_tenant_stays ON oauth_clients');
    for (const table of usersOfClients) {
      await queryRunner.query(`DROP TRIGGER ${table}_client_of_tenant ON ${table}`);
    }
    await queryRunner.query('DROP FUNCTION evergrant_client_of_tenant, evergrant_tenant_stays');
    for (const { table, name, column, parent } of references) {
      await queryRunner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name}
        FOREIGN KEY (${column}) REFERENCES ${parent} (id) ON DELETE CASCADE`);
    }
    for (const table of ['mcp_instances', 'api_keys'])
      await queryRunner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_tenant_id_unique`);
  }
}

const references = [
  { table: 'mcp_tokens', name: 'mcp_tokens_instance_fk', column: 'instance_id', parent: 'mcp_instances' },
  { table: 'oauth_flows', name: 'oauth_flows_instance_fk', column: 'instance_id', parent: 'mcp_instances' },
  {
    table: 'console_sessions',
    name: 'console_sessions_api_key_fk',
    column: 'api_key_id',
    parent: 'api_keys',
  },
  {
    table: 'revocations',
    name: 'revocations_credential_fk',
    column: 'credential_id',
    parent: 'mcp_credentials',
  },
  {
    table: 'credential_events',
    name: 'credential_events_credential_fk',
    column: 'credential_id',
    parent: 'mcp_credentials',
    // The history of a large deployment would be read as a whole, with all refreshes waiting.
    existing: 'NOT VALID',
  },
].map((reference) => ({ existing: '', ...reference }));

const usersOfClients = ['mcp_credentials', 'mcp_instances', 'oauth_flows'];

/**
 * An OAuth client is a tenant's own or the deployment's, whose rows have no tenant: that no composite key can say, so
 * triggers do. SECURITY DEFINER: a tenant's own statement does not see the clients of others.
 */
function clientWall(schema: string): string[] {
  return [
    `CREATE FUNCTION evergrant_client_of_tenant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
     SET search_path = ${schema}, pg_temp AS $$
     BEGIN
       IF EXISTS (SELECT FROM oauth_clients WHERE id = NEW.oauth_client_id AND tenant_id <> NEW.tenant_id) THEN
         RAISE foreign_key_violation USING
           MESSAGE = 'The OAuth client belongs to another tenant',
           TABLE = TG_TABLE_NAME, COLUMN = 'oauth_client_id', CONSTRAINT = TG_NAME;
       END IF;
       RETURN NEW;
     END $$`,
    ...usersOfClients.map(
      (table) =>
        `CREATE TRIGGER ${table}_client_of_tenant BEFORE INSERT OR UPDATE OF tenant_id, oauth_client_id ON ${table}
         FOR EACH ROW WHEN (NEW.oauth_client_id IS NOT NULL) EXECUTE FUNCTION evergrant_client_of_tenant()`,
    ),
    `CREATE FUNCTION evergrant_tenant_stays() RETURNS trigger LANGUAGE plpgsql
     SET search_path = ${schema}, pg_temp AS $$
     BEGIN
       RAISE foreign_key_violation USING
         MESSAGE = 'A row stays with its tenant', TABLE = TG_TABLE_NAME, COLUMN = 'tenant_id', CONSTRAINT = TG_NAME;
     END $$`,
    `CREATE TRIGGER oauth_clients_tenant_stays BEFORE UPDATE OF tenant_id ON oauth_clients
       FOR EACH ROW WHEN (NEW.tenant_id IS DISTINCT FROM OLD.tenant_id) EXECUTE FUNCTION evergrant_tenant_stays()`,
  ];
}
