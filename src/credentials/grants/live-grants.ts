import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { ProviderRegistry, type ProviderName } from '../../oauth/index.js';
import { addressKey } from './account-address.js';

/** An account under an OAuth client, whose grants a revocation would end. */
export interface RevokedAccount {
  provider: ProviderName;
  clientId: string;
  subject: string;
  email: string | null;
}

/** `addressKey` in SQL. Where the two differ, on letters beyond ASCII, this one takes more for the same. */
const addressKeyOfRow = `CASE WHEN lower(c.email) ~ '@(gmail|googlemail)\\.com$'
  THEN replace(split_part(lower(c.email), '@', 1), '.', '') || '@gmail.com' ELSE lower(c.email) END`;

/** Knows whether a revocation would end more than what it is made for. Google ends all in the Cloud project. */
@Injectable()
export class LiveGrants {
  constructor(
    private readonly dataSource: DataSource,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * Looks at the grants of all tenants, and only says whether there is one that would end. One of which no subject is
   * known counts by its address, and one that may be of any account counts as well.
   */
  async wouldEnd({ provider: name, clientId, subject, email }: RevokedAccount): Promise<boolean> {
    const provider = this.providers.get(name);
    const holders = await rows<{ clientId: string }>(
      this.dataSource,
      `SELECT DISTINCT o.client_id AS "clientId"
       FROM mcp_credentials c JOIN oauth_clients o ON o.id = c.oauth_client_id
       WHERE c.provider = $1 AND c.refresh_token IS NOT NULL AND (c.subject = $2
         OR c.subject IS NULL AND (c.email IS NULL OR $3::text IS NULL OR ${addressKeyOfRow} = $3))`,
      [name, subject, email === null ? null : addressKey(email)],
    );
    const scope = provider.revocationScope(clientId);
    return holders.some((holder) => provider.revocationScope(holder.clientId) === scope);
  }
}
