import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A tenant sees whether one of its grants is being refreshed: that is part of the state of an instance. */
export class StatesOfInstances1796660000000 implements MigrationInterface {
  readonly name = 'StatesOfInstances1796660000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('GRANT SELECT (lease_expires_at) ON mcp_credentials TO evergrant_tenant');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('REVOKE SELECT (lease_expires_at) ON mcp_credentials FROM evergrant_tenant');
  }
}
