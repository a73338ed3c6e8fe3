import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { recordChange } from '../../audit/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  TenantDatabase,
  type Page,
  type PageEnd,
  type PageRequest,
  type Projection,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { expiryInstant, expiryOf, type Expiry, type RequestedExpiry } from '../expiry/expiry.js';
import { IdentityOptions } from '../identity-options.js';
import { LastUse, remainingSeconds, unexpired, useUnrecorded } from './last-use.js';
import { newSecret, secretHash, shownPrefix } from './secret-hash.js';
import { isSuspended, tenantSuspended, tokenOfSuspendedTenant } from '../tenant-suspension.js';
import { VerifiedCallers } from './verified-callers.js';

/** How all of them begin. */
export const mcpTokenPrefix = 'egmcp_';

/** Who calls an MCP endpoint: the one instance that the token was made for. */
export interface McpPrincipal {
  tokenId: string;
  tenantId: string;
  instanceId: string;
  /** What it may do of what its instance may; null for all. */
  scopes: readonly string[] | null;
  expiresAt: Date | null;
}

/** The instance a token opens, and its tenant. */
type McpTokenOwner = Pick<McpPrincipal, 'tenantId' | 'instanceId'>;

/** What is known of a token once it was shown. */
export interface StoredMcpToken {
  id: string;
  name: string | null;
  prefix: string;
  scopes: string[] | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** What a token is to be called, what it may do, and when it ends: `MCP_TOKEN_LIFE_DAYS` from now, if nothing is said. */
interface NewMcpToken extends RequestedExpiry {
  name: string | null;
  scopes: readonly string[] | null;
}

export type IssuedMcpToken = StoredMcpToken & { mcpToken: string };

interface VerifiedMcpToken extends McpTokenOwner {
  id: string;
  scopes: string[] | null;
  expiresAt: Date | null;
  remainingSeconds: number | null;
  suspended: boolean;
  useUnrecorded: boolean;
}

export const storedMcpToken: Projection<StoredMcpToken> = {
  id: 'id',
  name: 'name',
  prefix: 'prefix',
  scopes: 'scopes',
  createdAt: 'created_at',
  lastUsedAt: 'last_used_at',
  expiresAt: 'expires_at',
};

export const verifiedMcpToken: Projection<VerifiedMcpToken> = {
  id: 'id',
  tenantId: 'tenant_id',
  instanceId: 'instance_id',
  scopes: 'scopes',
  expiresAt: 'expires_at',
  remainingSeconds,
  suspended: isSuspended('mcp_tokens.tenant_id'),
  useUnrecorded: useUnrecorded('mcp_tokens'),
};

/** Bearer tokens of MCP endpoints. */
@Injectable()
export class McpTokens {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    private readonly lastUse: LastUse,
    private readonly callers: VerifiedCallers,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * Makes the first token of an instance, shown once; pass the transaction that creates the instance. It lives as long
   * as that: were it to end by itself, a mailbox that is connected would be lost to its agent by our fault.
   */
  async issue(executor: SqlExecutor, owner: McpTokenOwner): Promise<string> {
    const { mcpToken } = await this.insert(executor, owner, {
      ...{ name: null, scopes: null },
      expiry: { at: null, inSeconds: null },
    });
    return mcpToken;
  }

  /** Makes one more token, shown once. @throws EvergrantError `VALIDATION_FAILED` for an expiry in the past */
  add(owner: McpTokenOwner, { name, scopes, ...requested }: NewMcpToken): Promise<IssuedMcpToken> {
    const expiry = expiryOf(requested, this.options.mcpTokenLifeDays);
    return this.database.transaction(owner.tenantId, async (executor) => {
      const issued = await this.insert(executor, owner, { name, scopes, expiry });
      await recordChange(executor, owner.tenantId, 'mcp_token.created', issued.id);
      return issued;
    });
  }

  async list({ tenantId, instanceId }: McpTokenOwner, query: PageRequest): Promise<Page<StoredMcpToken>> {
    const after = decodeCursor(query.cursor);
    const found = await this.database.rows<StoredMcpToken & PageEnd>(
      tenantId,
      `SELECT ${selectList(storedMcpToken)}, created_at::text AS position FROM mcp_tokens
       WHERE tenant_id = $1 AND instance_id = $2
         AND ($3::timestamptz IS NULL OR (created_at, id) > ($3::timestamptz, $4::uuid))
       ORDER BY created_at, id LIMIT $5`,
      [tenantId, instanceId, after?.position ?? null, after?.id ?? null, query.limit + 1],
    );
    return pageOf(found, query.limit);
  }

  /** @throws EvergrantError `NOT_FOUND` */
  async delete({ tenantId, instanceId }: McpTokenOwner, tokenId: string): Promise<void> {
    if (!z.guid().safeParse(tokenId).success) throw noSuchToken();
    await this.database.transaction(tenantId, async (executor) => {
      const [deleted] = await rows(
        executor,
        'DELETE FROM mcp_tokens WHERE tenant_id = $1 AND instance_id = $2 AND id = $3 RETURNING id',
        [tenantId, instanceId, tokenId],
      );
      if (deleted === undefined) throw noSuchToken();
      await recordChange(executor, tenantId, 'mcp_token.deleted', tokenId);
    });
    this.callers.forget(tokenId);
  }

  /**
   * @returns null alike for a token that is unknown, expired or deleted
   * @throws EvergrantError `UNAUTHENTICATED` with a `reason` while its tenant is suspended
   */
  async verify(mcpToken: string): Promise<McpPrincipal | null> {
    const hash = secretHash(mcpToken);
    const token = await this.callers.verify('mcp-token', hash, () => this.find(hash));
    if (token === null) return null;
    if (token.suspended) throw tokenOfSuspendedTenant();
    const { id: tokenId, tenantId, instanceId, scopes, expiresAt } = token;
    return { tokenId, tenantId, instanceId, scopes, expiresAt };
  }

  /**
   * What a token opens that was verified before, read anew: for a link that it was given.
   * @returns null for a token that has expired or was deleted
   * @throws EvergrantError `FORBIDDEN` with a `reason` while its tenant is suspended
   */
  async findLive(tenantId: string, tokenId: string): Promise<McpPrincipal | null> {
    const [token] = await rows<VerifiedMcpToken>(
      this.dataSource,
      `SELECT ${selectList(verifiedMcpToken)} FROM mcp_tokens WHERE tenant_id = $1 AND id = $2 AND ${unexpired}`,
      [tenantId, tokenId],
    );
    if (token === undefined) return null;
    if (token.suspended) throw tenantSuspended();
    const { instanceId, scopes, expiresAt } = token;
    return { tokenId, tenantId, instanceId, scopes, expiresAt };
  }

  private async find(hash: string): Promise<VerifiedMcpToken | null> {
    const [token] = await rows<VerifiedMcpToken>(
      this.dataSource,
      `SELECT ${selectList(verifiedMcpToken)} FROM mcp_tokens WHERE token_hash = $1 AND ${unexpired}`,
      [hash],
    );
    if (token?.useUnrecorded) this.lastUse.record('mcp_tokens', token.id);
    return token ?? null;
  }

  private async insert(
    executor: SqlExecutor,
    { tenantId, instanceId }: McpTokenOwner,
    { name, scopes, expiry }: Omit<NewMcpToken, keyof RequestedExpiry> & { expiry: Expiry },
  ): Promise<IssuedMcpToken> {
    const mcpToken = newSecret(mcpTokenPrefix);
    const [stored] = await rows<StoredMcpToken>(
      executor,
      `INSERT INTO mcp_tokens (tenant_id, instance_id, name, prefix, token_hash, expires_at, scopes)
       SELECT $1::uuid, $2::uuid, $3::text, $4::text, $5::text, ${expiryInstant('$6', '$7')}, $8::text[]
       WHERE $6::timestamptz IS NULL OR $6::timestamptz > evergrant_now()
       RETURNING ${selectList(storedMcpToken)}`,
      [
        ...[tenantId, instanceId, name, shownPrefix(mcpToken), secretHash(mcpToken)],
        ...[expiry.at, expiry.inSeconds, scopes],
      ],
    );
    if (stored) return { ...stored, mcpToken };
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'expiresAt',
      message: 'expiresAt must be in the future',
    });
  }
}

function noSuchToken(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such token' });
}
