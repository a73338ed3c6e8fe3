import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beside what instances have read: what they have written into drafts themselves, which is no other conversation's. */
export class WrittenFingerprints1796610000000 implements MigrationInterface {
  readonly name = 'WrittenFingerprints1796610000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE read_fingerprints ADD COLUMN written boolean NOT NULL DEFAULT false',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM read_fingerprints WHERE written');
    await queryRunner.query('ALTER TABLE read_fingerprints DROP COLUMN written');
  }
}
