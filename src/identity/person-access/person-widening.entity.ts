import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A link by which a person lets a client do more than they did. */
@Entity('person_widenings')
@Index('person_widenings_authorization', ['tenantId', 'authorizationId'])
@ForeignKey('person_authorizations', ['tenantId', 'authorizationId'], ['tenantId', 'id'], {
  name: 'person_widenings_authorization_fk',
  onDelete: 'CASCADE',
})
export class PersonWidening {
  @PrimaryColumn('text', { name: 'ticket_hash', primaryKeyConstraintName: 'person_widenings_pk' })
  ticketHash!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'person_widenings_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text', { name: 'authorization_id' })
  authorizationId!: string;

  /** The mailbox in which the client lacked them; null for none. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** Those that the client lacks. */
  @Column('text', { array: true })
  scopes!: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('person_widenings_expiry')
  expiresAt!: Date;

  /** Of those, what the person agreed to before going to the provider. */
  @Column('text', { name: 'agreed_scopes', array: true, nullable: true })
  agreedScopes!: string[] | null;

  /** `allowed` or `denied`; null while it is open. */
  @Column('text', { nullable: true })
  decision!: string | null;
}
