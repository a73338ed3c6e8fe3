import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets every process hear that a caller's key or token has changed or is gone. */
export class ChangesOfCallers1796100000000 implements MigrationInterface {
  readonly name = 'ChangesOfCallers1796100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER api_keys_changed ON api_keys');
    await queryRunner.query('DROP TRIGGER mcp_tokens_changed ON mcp_tokens');
    await queryRunner.query('DROP FUNCTION evergrant_caller_changed');
    await queryRunner.query('DELETE FROM changes WHERE caller_id IS NOT NULL');
    await queryRunner.query('ALTER TABLE changes DROP CONSTRAINT changes_subject_check');
    await queryRunner.query('ALTER TABLE changes DROP COLUMN caller_id');
    await queryRunner.query(
      'ALTER TABLE changes ADD CONSTRAINT changes_subject_check CHECK (num_nonnulls(instance_id, credential_id) = 1)',
    );
  }
}

const statements = [
  'ALTER TABLE changes ADD COLUMN caller_id uuid',
  'ALTER TABLE changes DROP CONSTRAINT changes_subject_check',
  `ALTER TABLE changes ADD CONSTRAINT changes_subject_check
     CHECK (num_nonnulls(instance_id, credential_id, caller_id) = 1)`,
  `CREATE FUNCTION evergrant_caller_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path FROM CURRENT AS $$
   BEGIN
     INSERT INTO changes (tenant_id, caller_id, kind)
     VALUES (OLD.tenant_id, OLD.id, CASE TG_OP WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END);
     RETURN NULL;
   END $$`,
  // What it may do and how long; not when it was used last.
  `CREATE TRIGGER api_keys_changed AFTER DELETE OR UPDATE OF key_hash, rights, expires_at ON api_keys
     FOR EACH ROW EXECUTE FUNCTION evergrant_caller_changed()`,
  `CREATE TRIGGER mcp_tokens_changed AFTER DELETE OR UPDATE OF token_hash, expires_at ON mcp_tokens
     FOR EACH ROW EXECUTE FUNCTION evergrant_caller_changed()`,
];
