import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

export type OAuthStatus = 'pending' | 'completed' | 'failed';

/** What we believe of a grant; only Google's own word moves it away from `active`. */
export type Verdict = 'active' | 'suspect' | 'failed';

/**
 * What we hold for one Google account under one OAuth client and one scope set. Its secrets are sealed, and
 * it is written only by guarded partial updates: a full-row `save()` could put a spent refresh token back.
 */
@Entity('mcp_credentials')
@Unique('mcp_credentials_tenant_id_unique', ['tenantId', 'id'])
@Index('mcp_credentials_pool_unique', ['tenantId', 'oauthClientId', 'subject', 'scopes'], { unique: true })
@Index('mcp_credentials_due', ['nextRefreshAt'], {
  where: "verdict = 'active' AND oauth_status = 'completed'",
})
@Index('mcp_credentials_suspects', ['nextRefreshAt'], { where: "verdict = 'suspect'" })
@Index('mcp_credentials_suspected', ['oauthClientId', 'suspectedAt'], { where: 'suspected_at IS NOT NULL' })
@Index('mcp_credentials_oauth_client', ['oauthClientId'])
@Index('mcp_credentials_email', ['tenantId', 'email'])
@Index('mcp_credentials_in_trouble', ['tenantId'], {
  where: "oauth_status <> 'completed' OR verdict <> 'active' OR error_code IS NOT NULL",
})
@Index('mcp_credentials_subject', ['subject'], { where: 'refresh_token IS NOT NULL' })
@Index('mcp_credentials_refresh_token_prefix', ['refreshTokenPrefix'], {
  where: 'refresh_token_prefix IS NOT NULL',
})
@Index('mcp_credentials_refresh_token_hash', ['refreshTokenHash'], {
  where: 'refresh_token_hash IS NOT NULL',
})
@Index('mcp_credentials_unidentified', ['id'], {
  where: 'refresh_token IS NOT NULL AND identified_version IS DISTINCT FROM refresh_version',
})
@Check('mcp_credentials_oauth_status_check', "oauth_status IN ('pending', 'completed', 'failed')")
@Check('mcp_credentials_verdict_check', "verdict IN ('active', 'suspect', 'failed')")
export class McpCredential {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'mcp_credentials_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'mcp_credentials_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'oauth_client_id' })
  @ForeignKey('oauth_clients', 'id', { name: 'mcp_credentials_oauth_client_fk' })
  oauthClientId!: string;

  @Column('text')
  provider!: string;

  /** The account at the provider (OpenID Connect `sub`). Without it a credential is never pooled. */
  @Column('text', { nullable: true })
  subject!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  /** What was granted, sorted. */
  @Column('text', { array: true, default: '{}' })
  scopes!: string[];

  @Column('text', { name: 'access_token', nullable: true, select: false })
  accessToken!: string | null;

  @Column('text', { name: 'refresh_token', nullable: true, select: false })
  refreshToken!: string | null;

  @Column('timestamptz', { name: 'token_expires_at', nullable: true })
  tokenExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'refresh_token_expires_at', nullable: true })
  refreshTokenExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'last_refreshed_at', nullable: true })
  lastRefreshedAt!: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('text', { name: 'oauth_status', default: 'pending' })
  oauthStatus!: OAuthStatus;

  @Column('timestamptz', { name: 'oauth_completed_at', nullable: true })
  oauthCompletedAt!: Date | null;

  @Column('text', { default: 'active' })
  verdict!: Verdict;

  @Column('timestamptz', { name: 'verdict_at', nullable: true })
  verdictAt!: Date | null;

  /** When Google first called the grant dead, for no reason that an administrator could have had. */
  @Column('timestamptz', { name: 'suspected_at', nullable: true })
  suspectedAt!: Date | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_reason', nullable: true })
  errorReason!: string | null;

  /** Rises with every consent. */
  @Column('integer', { default: 0 })
  generation!: number;

  /** Rises when the refresh token changes. */
  @Column('integer', { name: 'refresh_version', default: 0 })
  refreshVersion!: number;

  /** Keyed fingerprints of what Google names the refresh token by; made when a report of Google's first needs them. */
  @Column('text', { name: 'refresh_token_prefix', nullable: true })
  refreshTokenPrefix!: string | null;

  @Column('text', { name: 'refresh_token_hash', nullable: true })
  refreshTokenHash!: string | null;

  /** The `refreshVersion` of the refresh token that they are of. */
  @Column('integer', { name: 'identified_version', nullable: true })
  identifiedVersion!: number | null;

  /** The provider once answered with a different refresh token: ours may be single-use. */
  @Column('boolean', { name: 'rotation_observed', default: false })
  rotationObserved!: boolean;

  @Column('text', { name: 'lease_owner', nullable: true })
  leaseOwner!: string | null;

  @Column('timestamptz', { name: 'lease_expires_at', nullable: true })
  leaseExpiresAt!: Date | null;

  @Column('uuid', { name: 'attempt_id', nullable: true })
  attemptId!: string | null;

  @Column('timestamptz', { name: 'attempt_started_at', nullable: true })
  attemptStartedAt!: Date | null;

  @Column('timestamptz', { name: 'next_refresh_at', nullable: true })
  nextRefreshAt!: Date | null;

  @Column('integer', { name: 'consecutive_failures', default: 0 })
  consecutiveFailures!: number;

  @Column('timestamptz', { name: 'last_failed_at', nullable: true })
  lastFailedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'evergrant_now()' })
  updatedAt!: Date;
}
