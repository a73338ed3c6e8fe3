import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { OutboundPolicy } from '../../identity/index.js';

/** One MCP endpoint of one tenant; it points to the credential its tools use. */
@Entity('mcp_instances')
@Unique('mcp_instances_external_id_unique', ['tenantId', 'externalId'])
@Unique('mcp_instances_tenant_id_unique', ['tenantId', 'id'])
@Index('mcp_instances_page', ['tenantId', 'createdAt', 'id'])
@Index('mcp_instances_unconnected', ['tenantId'], { where: 'credential_id IS NULL' })
@ForeignKey('mcp_credentials', ['tenantId', 'credentialId'], ['tenantId', 'id'], {
  name: 'mcp_instances_credential_fk',
})
export class McpInstance {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'mcp_instances_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'mcp_instances_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  /** Whose accounts it connects to. The default is for instances of releases that knew no other. */
  @Column('text', { default: 'google' })
  provider!: string;

  /** The client it brought for its consents; null means the deployment's of that time. */
  @Column('uuid', { name: 'oauth_client_id', nullable: true })
  @ForeignKey('oauth_clients', 'id', { name: 'mcp_instances_oauth_client_fk' })
  oauthClientId!: string | null;

  @Column('uuid', { name: 'credential_id', nullable: true })
  @Index('mcp_instances_credential')
  credentialId!: string | null;

  @Column('text')
  name!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text', { name: 'login_hint', nullable: true })
  loginHint!: string | null;

  /** What the names of its tools begin with; null for none. */
  @Column('text', { name: 'tool_prefix', nullable: true })
  toolPrefix!: string | null;

  /** Which tools it has, as `toolsets` names them. */
  @Column('text', { array: true, default: () => "'{core}'" })
  toolsets!: string[];

  /** It has no tool that writes, whatever was granted. */
  @Column('boolean', { name: 'read_only', default: false })
  readOnly!: boolean;

  /** What may leave its mailbox, where that differs from its tenant's policy. */
  @Column('jsonb', { nullable: true })
  policy!: OutboundPolicy | null;

  /** What it may do at most, and what the next consent asks for. */
  @Column('text', { array: true })
  scopes!: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'evergrant_now()' })
  updatedAt!: Date;
}
