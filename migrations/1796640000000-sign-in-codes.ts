import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes of links that open the console as the operator, once. */
export class SignInCodes1796640000000 implements MigrationInterface {
  readonly name = 'SignInCodes1796640000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Of no tenant: they are the operator's.
    await queryRunner.query(
      `CREATE TABLE sign_in_codes (
         code_hash text NOT NULL CONSTRAINT sign_in_codes_pk PRIMARY KEY,
         expires_at timestamptz NOT NULL
       )`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_in_codes');
  }
}
