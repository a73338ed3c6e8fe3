import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One consent on its way: a ticket, then a state bound to a browser. Only hashes are stored. */
@Entity('oauth_flows')
@Unique('oauth_flows_ticket_hash_unique', ['ticketHash'])
@Unique('oauth_flows_state_hash_unique', ['stateHash'])
@ForeignKey('mcp_instances', ['tenantId', 'instanceId'], ['tenantId', 'id'], {
  name: 'oauth_flows_instance_fk',
  onDelete: 'CASCADE',
})
export class OAuthFlow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'oauth_flows_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'oauth_flows_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @Index('oauth_flows_instance')
  instanceId!: string;

  /** The client that the provider was asked under; set when the ticket is used. */
  @Column('uuid', { name: 'oauth_client_id', nullable: true })
  @ForeignKey('oauth_clients', 'id', { name: 'oauth_flows_oauth_client_fk' })
  oauthClientId!: string | null;

  @Column('text', { name: 'ticket_hash' })
  ticketHash!: string;

  @Column('text', { name: 'return_to', nullable: true })
  returnTo!: string | null;

  /** Null until the ticket is used, and again once the state is: both serve once. */
  @Column('text', { name: 'state_hash', nullable: true })
  stateHash!: string | null;

  /** Hash of the flow cookie, set when the ticket is used; its presence marks a spent ticket. */
  @Column('text', { name: 'browser_hash', nullable: true })
  browserHash!: string | null;

  /** Google was already asked with `prompt=consent`: the automatic hop is made once. */
  @Column('boolean', { name: 'consent_forced', default: false })
  consentForced!: boolean;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('oauth_flows_expiry')
  expiresAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
