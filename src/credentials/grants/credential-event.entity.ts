import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One line of a credential's history: fingerprints, never tokens. */
@Entity('credential_events')
@Index('credential_events_credential', ['credentialId', 'id'])
@Index('credential_events_refresh_token', ['credentialId', 'refreshVersion'], {
  where: 'refresh_token_fingerprint IS NOT NULL',
})
@ForeignKey('mcp_credentials', ['tenantId', 'credentialId'], ['tenantId', 'id'], {
  name: 'credential_events_credential_fk',
  onDelete: 'CASCADE',
})
export class CredentialEvent {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'credential_events_pk',
  })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'credential_events_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'credential_id' })
  credentialId!: string;

  @Column('timestamptz', { default: () => 'evergrant_now()' })
  at!: Date;

  /** `consent`, `adoption`, `refresh`, `verdict`, `report`, `client`, `discard` or `revocation`. */
  @Column('text')
  event!: string;

  /** Why a refresh was made: `expiry`, `background`, `rejected_token`, `forced`, `schedule` or `probe`. */
  @Column('text', { nullable: true })
  trigger!: string | null;

  @Column('text')
  outcome!: string;

  @Column('text', { nullable: true })
  path!: string | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('uuid', { name: 'attempt_id', nullable: true })
  attemptId!: string | null;

  @Column('integer')
  generation!: number;

  @Column('integer', { name: 'refresh_version' })
  refreshVersion!: number;

  @Column('text', { name: 'access_token_fingerprint', nullable: true })
  accessTokenFingerprint!: string | null;

  /** Only of a refresh token that came with this event; `refreshVersion` leads to that of any other. */
  @Column('text', { name: 'refresh_token_fingerprint', nullable: true })
  refreshTokenFingerprint!: string | null;

  @Column('timestamptz', { name: 'token_expires_at', nullable: true })
  tokenExpiresAt!: Date | null;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  /** Of a refresh: whether the OAuth service failed on the way to its outcome, by whichever path that came in the end. */
  @Column('boolean', { name: 'service_failed', nullable: true })
  serviceFailed!: boolean | null;
}
