import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { recordChange, recordPolicyChange } from '../../audit/index.js';
import { AbsentOAuthClients, OAuthClients, type OAuthStatus } from '../../credentials/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  TenantDatabase,
  type Page,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { changedFields, McpTokens, type OutboundPolicy } from '../../identity/index.js';
import { ProviderRegistry, type ProviderName } from '../../oauth/index.js';
import { inState, mayRequireReauth, requiresReauth } from './instance-conditions.js';
import type { InstanceState } from './instance-state.js';
import { instanceQuery, toInstance, type Instance, type InstanceRow } from './instance.js';
import type { Toolset } from './toolsets.js';

export interface NewInstance {
  name: string;
  externalId?: string | undefined;
  loginHint?: string | undefined;
  provider?: ProviderName | undefined;
  scopes: readonly string[];
  toolPrefix?: string | null | undefined;
  toolsets: readonly Toolset[];
  readOnly: boolean;
  policy?: OutboundPolicy | null | undefined;
  client?: { clientId: string; clientSecret: string } | undefined;
}

export interface InstanceFilter {
  limit: number;
  cursor?: string | undefined;
  status?: OAuthStatus | undefined;
  /** Part of a name, e-mail address or external id. */
  q?: string | undefined;
  externalId?: string | undefined;
  /** The whole address, as Google tells it or, where that is in lower case, in any case. */
  email?: string | undefined;
  requiresReauth?: boolean | undefined;
  state?: InstanceState | undefined;
}

/** The MCP endpoints of tenants. Every query is bound to one tenant. */
@Injectable()
export class Instances {
  constructor(
    private readonly database: TenantDatabase,
    private readonly oauthClients: OAuthClients,
    private readonly mcpTokens: McpTokens,
    private readonly providers: ProviderRegistry,
    private readonly absentClients: AbsentOAuthClients,
  ) {}

  /**
   * Creates an instance; a repeated `externalId` finds the one there is, and then there is no token to show.
   * @throws EvergrantError `VALIDATION_FAILED` for an unknown provider, `CONFLICT` when another request is faster
   */
  async create(
    tenantId: string,
    input: NewInstance,
  ): Promise<{ instance: Instance; mcpToken: string | null }> {
    const existing =
      input.externalId === undefined ? null : await this.findByExternalId(tenantId, input.externalId);
    if (existing) return { instance: existing, mcpToken: null };
    const { name: provider } =
      input.provider === undefined ? this.providers.default : this.providers.get(input.provider);
    const oauthClientId = input.client
      ? await this.oauthClients.adopt(tenantId, provider, input.client)
      : null;
    const created = await this.database.transaction(tenantId, async (executor) => {
      const id = await this.insert(executor, tenantId, { ...input, provider, oauthClientId });
      if (id === null) return null;
      const mcpToken = await this.mcpTokens.issue(executor, { tenantId, instanceId: id });
      await recordChange(executor, tenantId, 'instance.created', id);
      const fields = changedFields(null, input.policy ?? null);
      await recordPolicyChange(executor, tenantId, { kind: 'instance', id }, fields);
      return { id, mcpToken };
    });
    if (created) return { instance: await this.get(tenantId, created.id), mcpToken: created.mcpToken };
    return { instance: await this.raced(tenantId, input.externalId), mcpToken: null };
  }

  /**
   * Makes one in the caller's transaction, without a token of its own.
   * @returns its id; null when there is one of its `externalId`
   */
  async insert(
    executor: SqlExecutor,
    tenantId: string,
    input: NewInstance & { provider: ProviderName; oauthClientId: string | null },
  ): Promise<string | null> {
    const [row] = await rows<{ id: string }>(
      executor,
      `INSERT INTO mcp_instances (tenant_id, name, external_id, login_hint, provider, oauth_client_id, scopes, tool_prefix,
         toolsets, read_only, policy)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (tenant_id, external_id) DO NOTHING RETURNING id`,
      [
        tenantId,
        input.name,
        input.externalId ?? null,
        input.loginHint ?? null,
        input.provider,
        input.oauthClientId,
        input.scopes,
        input.toolPrefix ?? null,
        input.toolsets,
        input.readOnly,
        input.policy ? JSON.stringify(input.policy) : null,
      ],
    );
    return row?.id ?? null;
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign instances */
  async get(tenantId: string, instanceId: string): Promise<Instance> {
    const instance = await this.findById(tenantId, instanceId);
    if (!instance) throw noSuchInstance();
    return instance;
  }

  /** Those that exist, by id. */
  async getMany(tenantId: string, instanceIds: readonly string[]): Promise<Map<string, Instance>> {
    if (instanceIds.length === 0) return new Map();
    const found = await this.database.rows<InstanceRow>(
      tenantId,
      `${instanceQuery} WHERE i.tenant_id = $1 AND i.id = ANY($2)`,
      [tenantId, instanceIds],
    );
    const instances = await this.told(found);
    return new Map(instances.map((instance) => [instance.id, instance]));
  }

  /** Which instances point to these credentials. */
  async idsByCredential(tenantId: string, credentialIds: readonly string[]): Promise<Map<string, string[]>> {
    if (credentialIds.length === 0) return new Map();
    const found = await this.database.rows<{ credentialId: string; ids: string[] }>(
      tenantId,
      `SELECT credential_id AS "credentialId", array_agg(id) AS ids FROM mcp_instances
       WHERE tenant_id = $1 AND credential_id = ANY($2) GROUP BY credential_id`,
      [tenantId, credentialIds],
    );
    return new Map(found.map(({ credentialId, ids }) => [credentialId, ids]));
  }

  async findById(tenantId: string, instanceId: string): Promise<Instance | null> {
    // PostgreSQL would refuse what is no UUID; to the caller it is merely unknown.
    if (!z.guid().safeParse(instanceId).success) return null;
    return this.findOne(tenantId, 'i.id = $2', instanceId);
  }

  /** A page in the order of creation, which later changes do not disturb. */
  async list(tenantId: string, filter: InstanceFilter): Promise<Page<Instance>> {
    const after = decodeCursor(filter.cursor);
    const absent = await this.absentClients.ids();
    const narrowed = narrowedBy(filter, absent);
    const found = await this.database.rows<InstanceRow>(
      tenantId,
      `${instanceQuery}
       WHERE i.tenant_id = $1
         AND ($2::timestamptz IS NULL OR (i.created_at, i.id) > ($2::timestamptz, $3::uuid))
         AND ($4::text IS NULL OR coalesce(c.oauth_status, 'pending') = $4)
         AND ($5::text IS NULL OR strpos(lower(concat_ws(' ', i.name, i.external_id, c.email)), lower($5)) > 0)
         ${narrowed.sql}
       ORDER BY i.created_at, i.id LIMIT $6`,
      [
        tenantId,
        after?.position ?? null,
        after?.id ?? null,
        filter.status ?? null,
        filter.q ?? null,
        filter.limit + 1,
        ...narrowed.parameters,
      ],
    );
    const { items, nextCursor } = pageOf(found, filter.limit);
    return { items: items.map((row) => toInstance(row, absent)), nextCursor };
  }

  private findByExternalId(tenantId: string, externalId: string): Promise<Instance | null> {
    return this.findOne(tenantId, 'i.external_id = $2', externalId);
  }

  private async raced(tenantId: string, externalId: string | undefined): Promise<Instance> {
    const instance = externalId === undefined ? null : await this.findByExternalId(tenantId, externalId);
    if (!instance) throw new EvergrantError('CONFLICT', { field: 'externalId' });
    return instance;
  }

  private async findOne(tenantId: string, condition: string, value: string): Promise<Instance | null> {
    const [row] = await this.database.rows<InstanceRow>(
      tenantId,
      `${instanceQuery} WHERE i.tenant_id = $1 AND ${condition}`,
      [tenantId, value],
    );
    const [instance] = row ? await this.told([row]) : [];
    return instance ?? null;
  }

  private async told(found: readonly InstanceRow[]): Promise<Instance[]> {
    const absent = await this.absentClients.ids();
    return found.map((row) => toInstance(row, absent));
  }
}

/**
 * Conditions that an index finds the rows by, so only of what was asked for: a statement for all would be planned as if
 * nothing had been. Their parameters come after the sixth, in this order.
 */
function narrowedBy(
  { externalId, email, requiresReauth: wanted, state }: InstanceFilter,
  absentClients: ReadonlySet<string>,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const parameter = (value: unknown) => `$${6 + parameters.push(value)}`;
  const conditions: string[] = [];
  if (externalId !== undefined) conditions.push(`i.external_id = ${parameter(externalId)}`);
  if (email !== undefined) {
    const given = parameter(email);
    conditions.push(`c.email IN (${given}, lower(${given}))`);
  }
  if (wanted !== undefined)
    conditions.push(wanted ? `${mayRequireReauth} AND ${requiresReauth}` : `NOT ${requiresReauth}`);
  if (state !== undefined) conditions.push(inState(state, parameter([...absentClients])));
  return { sql: conditions.map((condition) => `AND ${condition}`).join(' '), parameters };
}

/** Alike for unknown and foreign instances: neither's existence is told. */
export function noSuchInstance(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such instance' });
}
