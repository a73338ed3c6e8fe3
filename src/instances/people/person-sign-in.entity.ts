import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { PersonSignInOutcome } from './person-sign-in-outcome.js';

/** A person on the way through the provider, to sign in, to connect a mailbox, or both. Only hashes are stored. */
@Entity('person_sign_ins')
@Unique('person_sign_ins_state_hash_unique', ['stateHash'])
@Check('person_sign_ins_person_check', '(tenant_id IS NULL) = (person_id IS NULL)')
@Check('person_sign_ins_instance_check', 'instance_id IS NULL OR person_id IS NOT NULL')
@Index('person_sign_ins_person', ['tenantId', 'personId'])
@Index('person_sign_ins_instance', ['tenantId', 'instanceId'])
@ForeignKey('people', ['tenantId', 'personId'], ['tenantId', 'id'], {
  name: 'person_sign_ins_person_fk',
  onDelete: 'CASCADE',
})
@ForeignKey('mcp_instances', ['tenantId', 'instanceId'], ['tenantId', 'id'], {
  name: 'person_sign_ins_instance_fk',
  onDelete: 'CASCADE',
})
export class PersonSignInRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'person_sign_ins_pk' })
  id!: string;

  /** Null with `personId`: who it is, the provider will say. */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'person_sign_ins_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string | null;

  /** The person signed in, who connects a mailbox. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  /** The mailbox to be connected again; null for whichever is chosen. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** The client that the provider is asked under. */
  @Column('uuid', { name: 'oauth_client_id' })
  @ForeignKey('oauth_clients', 'id', { name: 'person_sign_ins_oauth_client_fk', onDelete: 'CASCADE' })
  @Index('person_sign_ins_oauth_client')
  oauthClientId!: string;

  @Column('text')
  provider!: string;

  /** Of ours; none where only who it is is asked. */
  @Column('text', { array: true })
  scopes!: string[];

  /** The page of ours that it comes back to. */
  @Column('text', { name: 'return_path' })
  returnPath!: string;

  /** Of the state that is at the provider, or came back last. */
  @Column('text', { name: 'state_hash' })
  stateHash!: string;

  /** Hash of the flow cookie. */
  @Column('text', { name: 'browser_hash' })
  browserHash!: string;

  /** The provider is asked to show its consent page whatever it knows. */
  @Column('boolean', { name: 'consent_forced' })
  consentForced!: boolean;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;

  /** Null until it came back, and while that is followed up. */
  @Column('jsonb', { nullable: true })
  outcome!: PersonSignInOutcome | null;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('person_sign_ins_expiry')
  expiresAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
