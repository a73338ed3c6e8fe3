import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * For whom an act was asked, and through which client. As the client was called at that moment, for what a person let it
 * do may have ended when they decide; the person's address is read from their row.
 */
export class ActRequesters1796670000000 implements MigrationInterface {
  readonly name = 'ActRequesters1796670000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE outbound_acts ADD COLUMN person_id uuid, ADD COLUMN client_id text, ADD COLUMN client_name text,
         ADD COLUMN client_host text`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE outbound_acts DROP COLUMN person_id, DROP COLUMN client_id, DROP COLUMN client_name,
         DROP COLUMN client_host`,
    );
  }
}
