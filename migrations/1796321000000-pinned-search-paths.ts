import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * No function takes a name from a temporary table, which PostgreSQL finds first unless `pg_temp` is named last. Functions
 * in SQL are bound to what they name when they are made: unlike with a setting of their own they can be inlined.
 */
export class PinnedSearchPaths1796321000000 implements MigrationInterface {
  readonly name = 'PinnedSearchPaths1796321000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE RETURN now()',
    );
    await queryRunner.query(
      `CREATE OR REPLACE FUNCTION evergrant_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
       RETURN nullif(current_setting('evergrant.tenant_id', true), '')::uuid`,
    );
    await eachTrigger(queryRunner, "format('SET search_path = %I, pg_temp', current_schema())");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
       AS 'SELECT now()'`,
    );
    await queryRunner.query(
      `CREATE OR REPLACE FUNCTION evergrant_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
       AS $$SELECT nullif(current_setting('evergrant.tenant_id', true), '')::uuid$$`,
    );
    await eachTrigger(queryRunner, "'SET search_path FROM CURRENT'");
  }
}

/** The functions of triggers that the migrations before have made, with this clause. */
async function eachTrigger(queryRunner: QueryRunner, clause: string): Promise<void> {
  await queryRunner.query(
    `DO $$
     DECLARE
       made regprocedure;
     BEGIN
       FOR made IN SELECT oid FROM pg_proc
         WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
           AND starts_with(proname, 'evergrant_')
       LOOP
         EXECUTE format('ALTER FUNCTION %s ', made) || ${clause};
       END LOOP;
     END $$`,
  );
}
