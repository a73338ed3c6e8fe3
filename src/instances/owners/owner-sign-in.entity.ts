import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A person on the way through the provider, to show that a mailbox is theirs. Only hashes are stored. */
@Entity('owner_sign_ins')
@Unique('owner_sign_ins_state_hash_unique', ['stateHash'])
@Check('owner_sign_ins_mailbox_check', '(tenant_id IS NULL) = (instance_id IS NULL)')
@Index('owner_sign_ins_instance', ['tenantId', 'instanceId'])
@ForeignKey('mcp_instances', ['tenantId', 'instanceId'], ['tenantId', 'id'], {
  name: 'owner_sign_ins_instance_fk',
  onDelete: 'CASCADE',
})
export class OwnerSignInRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'owner_sign_ins_pk' })
  id!: string;

  /** Null with `instanceId`: the page that asked is about nothing that there is. */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'owner_sign_ins_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string | null;

  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** The client that the provider was asked under. */
  @Column('uuid', { name: 'oauth_client_id' })
  @ForeignKey('oauth_clients', 'id', { name: 'owner_sign_ins_oauth_client_fk', onDelete: 'CASCADE' })
  @Index('owner_sign_ins_oauth_client')
  oauthClientId!: string;

  @Column('text')
  provider!: string;

  @Column('text', { name: 'state_hash' })
  stateHash!: string;

  /** Hash of the flow cookie. */
  @Column('text', { name: 'browser_hash' })
  browserHash!: string;

  /** The page of ours that it comes back to. */
  @Column('text', { name: 'return_path' })
  returnPath!: string;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('owner_sign_ins_expiry')
  expiresAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
