import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A file that an agent hands over to send along, for an hour. */
@Entity('attachment_uploads')
@Index('attachment_uploads_instance', ['tenantId', 'instanceId'])
@Index('attachment_uploads_expiry', ['expiresAt'])
@Unique('attachment_uploads_of_tenant', ['tenantId', 'id'])
@Check('attachment_uploads_bounds', 'received_bytes BETWEEN 0 AND size_bytes')
export class AttachmentUpload {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'attachment_uploads_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'attachment_uploads_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey('mcp_instances', 'id', { name: 'attachment_uploads_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  /** Name and media type, sealed. */
  @Column('text')
  about!: string;

  @Column('integer', { name: 'size_bytes' })
  sizeBytes!: number;

  @Column('integer', { name: 'received_bytes', default: 0 })
  receivedBytes!: number;

  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

/** Bytes of an upload that came together, sealed. */
@Entity('attachment_upload_pieces')
export class AttachmentUploadPiece {
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'upload_id', primaryKeyConstraintName: 'attachment_upload_pieces_pk' })
  @ForeignKey('attachment_uploads', 'id', {
    name: 'attachment_upload_pieces_upload_fk',
    onDelete: 'CASCADE',
  })
  uploadId!: string;

  @PrimaryColumn('integer', { name: 'first_byte', primaryKeyConstraintName: 'attachment_upload_pieces_pk' })
  firstByte!: number;

  @Column('text')
  bytes!: string;
}
