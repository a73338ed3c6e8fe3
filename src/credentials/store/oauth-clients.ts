import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import type { ClientCredentials, ProviderName } from '../../oauth/index.js';
import { CredentialsOptions, deploymentClients } from '../credentials-options.js';
import { TokenCipher, type SecretPlace } from '../vault/token-cipher.js';

/** The OAuth client a credential was granted to. */
export interface ResolvedOAuthClient {
  ownedByDeployment: boolean;
  /** Null when the deployment has this client no longer, not as a former one either: its tokens are kept, and not presented. */
  credentials: ClientCredentials | null;
}

interface OAuthClientRow {
  id: string;
  tenantId: string | null;
  clientId: string;
  sealedSecret: string | null;
}

export const oauthClientRow: Projection<OAuthClientRow> = {
  id: 'id',
  tenantId: 'tenant_id',
  clientId: 'client_id',
  sealedSecret: 'client_secret',
};

/** The deployment's OAuth client and those that tenants brought. */
@Injectable()
export class OAuthClients {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /** The id of the deployment's client of a provider; its row is made at first use. */
  async deploymentClient(provider: ProviderName): Promise<string> {
    return this.upsert(null, provider, this.options.deploymentClient.clientId);
  }

  /**
   * Takes a tenant's own client; a client id given again keeps its row and gets the newer secret. What the older one
   * was rejected for is forgotten: the grants under it are tried again.
   */
  async adopt(tenantId: string, provider: ProviderName, client: ClientCredentials): Promise<string> {
    const id = await this.upsert(tenantId, provider, client.clientId);
    const sealed = await this.cipher.seal(secretPlace(tenantId, id), client.clientSecret);
    await rows(
      this.dataSource,
      `WITH mended AS (
         UPDATE oauth_clients SET client_secret = $2, updated_at = evergrant_now() WHERE id = $1 RETURNING id
       )
       UPDATE mcp_credentials AS c SET error_code = NULL, error_reason = NULL, consecutive_failures = 0,
         last_failed_at = NULL
       FROM mended WHERE c.oauth_client_id = mended.id AND c.error_code = 'INVALID_CLIENT'`,
      [id, sealed],
    );
    return id;
  }

  /** The public id of a client. */
  async clientId(id: string): Promise<string | null> {
    const [row] = await rows<{ clientId: string }>(
      this.dataSource,
      'SELECT client_id AS "clientId" FROM oauth_clients WHERE id = $1',
      [id],
    );
    return row?.clientId ?? null;
  }

  async resolve(id: string): Promise<ResolvedOAuthClient> {
    const [row] = await rows<OAuthClientRow>(
      this.dataSource,
      `SELECT ${selectList(oauthClientRow)} FROM oauth_clients WHERE id = $1`,
      [id],
    );
    if (!row) throw new Error('The OAuth client is gone');
    return this.opened(row);
  }

  /** The client of a row that was read otherwise. */
  async opened({ id, tenantId, clientId, sealedSecret }: OAuthClientRow): Promise<ResolvedOAuthClient> {
    if (tenantId === null) {
      const configured = deploymentClients(this.options).find((client) => client.clientId === clientId);
      return { ownedByDeployment: true, credentials: configured ?? null };
    }
    if (sealedSecret === null) return { ownedByDeployment: false, credentials: null };
    const clientSecret = await this.cipher.open(secretPlace(tenantId, id), sealedSecret);
    return { ownedByDeployment: false, credentials: { clientId, clientSecret } };
  }

  private async upsert(tenantId: string | null, provider: ProviderName, clientId: string): Promise<string> {
    const [row] = await rows<{ id: string }>(
      this.dataSource,
      // DO UPDATE, not DO NOTHING: only an updated row is returned.
      `INSERT INTO oauth_clients (tenant_id, provider, client_id) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, provider, client_id) DO UPDATE SET updated_at = evergrant_now()
       RETURNING id`,
      [tenantId, provider, clientId],
    );
    if (!row) throw new Error('The OAuth client could not be stored');
    return row.id;
  }
}

function secretPlace(tenantId: string, recordId: string): SecretPlace {
  return { tenantId, recordId, field: 'client_secret', generation: 0 };
}
