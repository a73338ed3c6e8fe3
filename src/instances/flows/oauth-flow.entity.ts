import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { ConsentOutcome } from './consent-outcome.js';

/** One consent on its way: a ticket, then states bound to one browser. Only hashes are stored. */
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

  /** The client that the provider was asked under; set when the ticket is spent. */
  @Column('uuid', { name: 'oauth_client_id', nullable: true })
  @ForeignKey('oauth_clients', 'id', { name: 'oauth_flows_oauth_client_fk' })
  oauthClientId!: string | null;

  @Column('text', { name: 'ticket_hash' })
  ticketHash!: string;

  @Column('text', { name: 'return_to', nullable: true })
  returnTo!: string | null;

  /** The only account that may consent, as its instance hinted at it; null when any may. */
  @Column('text', { name: 'required_account', nullable: true })
  requiredAccount!: string | null;

  /** The state that is at the provider; null until the ticket is spent, and again once the state is. */
  @Column('text', { name: 'state_hash', nullable: true })
  stateHash!: string | null;

  @Column('timestamptz', { name: 'state_expires_at', nullable: true })
  stateExpiresAt!: Date | null;

  /** The state that came back last, so that a repeated callback is answered with the outcome again. */
  @Column('text', { name: 'answered_state_hash', nullable: true })
  answeredStateHash!: string | null;

  /** Null until a state came back, and while it is being followed up. */
  @Column('jsonb', { nullable: true })
  outcome!: ConsentOutcome | null;

  /** Hash of the flow cookie, set when the ticket is spent: the flow goes on in that browser only. */
  @Column('text', { name: 'browser_hash', nullable: true })
  @Index('oauth_flows_browser', { where: 'browser_hash IS NOT NULL' })
  browserHash!: string | null;

  /** Google was already asked with `prompt=consent`: the automatic hop is made once. */
  @Column('boolean', { name: 'consent_forced', default: false })
  consentForced!: boolean;

  /** Of the ticket while it is unspent, then of the flow. */
  @Column('timestamptz', { name: 'expires_at' })
  @Index('oauth_flows_expiry')
  expiresAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
