import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A bearer token for one MCP endpoint, stored as a hash. */
@Entity('mcp_tokens')
@Unique('mcp_tokens_hash_unique', ['tokenHash'])
@ForeignKey('mcp_instances', ['tenantId', 'instanceId'], ['tenantId', 'id'], {
  name: 'mcp_tokens_instance_fk',
  onDelete: 'CASCADE',
})
export class McpToken {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'mcp_tokens_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'mcp_tokens_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @Index('mcp_tokens_instance')
  instanceId!: string;

  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  /** How the token begins, for people to tell tokens apart. */
  @Column('text')
  prefix!: string;

  /** What it may do of what its instance may; null for all. */
  @Column('text', { array: true, nullable: true })
  scopes!: string[] | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
