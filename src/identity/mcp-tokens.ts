import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, type SqlExecutor } from '../database/index.js';
import { newSecret, secretHash } from './secret-hash.js';

/** Who calls an MCP endpoint: the one instance that the token was made for. */
export interface McpPrincipal {
  tokenId: string;
  tenantId: string;
  instanceId: string;
}

/** Bearer tokens of MCP endpoints. */
@Injectable()
export class McpTokens {
  constructor(private readonly dataSource: DataSource) {}

  /** Makes a token, shown once; pass the transaction that creates the instance. */
  async issue(executor: SqlExecutor, owner: { tenantId: string; instanceId: string }): Promise<string> {
    const token = newSecret('egmcp_');
    await rows(executor, 'INSERT INTO mcp_tokens (tenant_id, instance_id, token_hash) VALUES ($1, $2, $3)', [
      owner.tenantId,
      owner.instanceId,
      secretHash(token),
    ]);
    return token;
  }

  async verify(token: string): Promise<McpPrincipal | null> {
    const [principal] = await rows<McpPrincipal>(
      this.dataSource,
      `SELECT id AS "tokenId", tenant_id AS "tenantId", instance_id AS "instanceId"
       FROM mcp_tokens WHERE token_hash = $1`,
      [secretHash(token)],
    );
    return principal ?? null;
  }
}
