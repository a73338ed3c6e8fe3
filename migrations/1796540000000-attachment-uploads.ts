import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that agents hand over to send along, for an hour; names and bytes sealed. */
export class AttachmentUploads1796540000000 implements MigrationInterface {
  readonly name = 'AttachmentUploads1796540000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE attachment_upload_pieces');
    await queryRunner.query('DROP TABLE attachment_uploads');
  }
}

const wall = 'TO evergrant_tenant USING (tenant_id = evergrant_tenant_id())';

const statements = [
  `CREATE TABLE attachment_uploads (
     id uuid NOT NULL CONSTRAINT attachment_uploads_pk PRIMARY KEY,
     tenant_id uuid NOT NULL CONSTRAINT attachment_uploads_tenant_fk REFERENCES tenants (id) ON DELETE CASCADE,
     instance_id uuid NOT NULL,
     about text NOT NULL,
     size_bytes integer NOT NULL,
     received_bytes integer NOT NULL DEFAULT 0,
     sha256 text,
     created_at timestamptz NOT NULL DEFAULT evergrant_now(),
     expires_at timestamptz NOT NULL,
     CONSTRAINT attachment_uploads_of_tenant UNIQUE (tenant_id, id),
     CONSTRAINT attachment_uploads_bounds CHECK (received_bytes BETWEEN 0 AND size_bytes),
     CONSTRAINT attachment_uploads_instance_fk
       FOREIGN KEY (tenant_id, instance_id) REFERENCES mcp_instances (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX attachment_uploads_instance ON attachment_uploads (tenant_id, instance_id)',
  'CREATE INDEX attachment_uploads_expiry ON attachment_uploads (expires_at)',
  `CREATE TABLE attachment_upload_pieces (
     tenant_id uuid NOT NULL,
     upload_id uuid NOT NULL,
     first_byte integer NOT NULL,
     bytes text NOT NULL,
     CONSTRAINT attachment_upload_pieces_pk PRIMARY KEY (upload_id, first_byte),
     CONSTRAINT attachment_upload_pieces_upload_fk
       FOREIGN KEY (tenant_id, upload_id) REFERENCES attachment_uploads (tenant_id, id) ON DELETE CASCADE
   )`,
  'GRANT SELECT, INSERT, UPDATE, DELETE ON attachment_uploads TO evergrant_tenant',
  'GRANT SELECT, INSERT, DELETE ON attachment_upload_pieces TO evergrant_tenant',
  'ALTER TABLE attachment_uploads ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE attachment_upload_pieces ENABLE ROW LEVEL SECURITY',
  `CREATE POLICY tenant_wall ON attachment_uploads ${wall}`,
  `CREATE POLICY tenant_wall ON attachment_upload_pieces ${wall}`,
];
