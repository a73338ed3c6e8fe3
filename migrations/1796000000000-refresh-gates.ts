import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a provider wants to be left alone by an OAuth client, for all processes to see. */
export class RefreshGates1796000000000 implements MigrationInterface {
  readonly name = 'RefreshGates1796000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE refresh_gates (
         oauth_client_id uuid NOT NULL CONSTRAINT refresh_gates_pk PRIMARY KEY
           CONSTRAINT refresh_gates_oauth_client_fk REFERENCES oauth_clients (id) ON DELETE CASCADE,
         closed_until timestamptz NOT NULL
       )`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE refresh_gates');
  }
}
