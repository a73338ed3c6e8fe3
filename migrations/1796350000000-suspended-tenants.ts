import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants that the operator has suspended, and changes of a tenant itself, so that every process hears of it. */
export class SuspendedTenants1796350000000 implements MigrationInterface {
  readonly name = 'SuspendedTenants1796350000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER tenants_changed ON tenants');
    await queryRunner.query('DROP FUNCTION evergrant_tenant_changed');
    await queryRunner.query(
      'DELETE FROM changes WHERE num_nonnulls(instance_id, credential_id, caller_id) = 0',
    );
    await queryRunner.query('ALTER TABLE changes DROP CONSTRAINT changes_subject_check');
    await queryRunner.query(
      `ALTER TABLE changes ADD CONSTRAINT changes_subject_check
         CHECK (num_nonnulls(instance_id, credential_id, caller_id) = 1)`,
    );
    await queryRunner.query('ALTER TABLE tenants DROP COLUMN suspended_at');
  }
}

const statements = [
  'ALTER TABLE tenants ADD COLUMN suspended_at timestamptz',
  'ALTER TABLE changes DROP CONSTRAINT changes_subject_check',
  // None of the three: the tenant itself.
  `ALTER TABLE changes ADD CONSTRAINT changes_subject_check
     CHECK (num_nonnulls(instance_id, credential_id, caller_id) <= 1)`,
  `CREATE FUNCTION evergrant_tenant_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO changes (tenant_id, kind)
     VALUES (OLD.id, CASE TG_OP WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END);
     RETURN NULL;
   END $$`,
  // A path that does not name pg_temp begins with it: a temporary table of this name would take the change away.
  `DO $$
   BEGIN
     EXECUTE format('ALTER FUNCTION evergrant_tenant_changed() SET search_path = %I, pg_temp', current_schema());
   END $$`,
  `CREATE TRIGGER tenants_changed AFTER DELETE OR UPDATE OF suspended_at ON tenants
     FOR EACH ROW EXECUTE FUNCTION evergrant_tenant_changed()`,
];
