import { Inject, Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import { newSecret, secretHash } from '../../identity/index.js';
import type { Instance } from '../directory/instance.js';
import { InstancesOptions } from '../instances-options.js';
import { checkReturnTo } from './return-to.js';

const ticketLifeSeconds = 600;

/** Single-use links to our own connect page, for the person who owns the mailbox. */
@Injectable()
export class ConnectTickets {
  constructor(
    private readonly database: TenantDatabase,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * @returns a URL of ours, good once within 10 minutes; only a hash of its ticket is stored
   * @throws EvergrantError `VALIDATION_FAILED` when `returnTo` leads to an origin that is not allowed
   */
  async issue(
    instance: Pick<Instance, 'id' | 'tenantId'>,
    options: { returnTo?: string | undefined } = {},
  ): Promise<{ authorizationUrl: string; expiresAt: Date }> {
    const returnTo =
      options.returnTo === undefined ? null : checkReturnTo(options.returnTo, this.options.returnOrigins);
    const ticket = newSecret();
    const [flow] = await this.database.rows<{ expiresAt: Date }>(
      instance.tenantId,
      `WITH forgotten AS (DELETE FROM oauth_flows WHERE expires_at < evergrant_now() - interval '1 hour')
       INSERT INTO oauth_flows (tenant_id, instance_id, ticket_hash, return_to, expires_at)
       VALUES ($1, $2, $3, $4, evergrant_now() + make_interval(secs => $5))
       RETURNING expires_at AS "expiresAt"`,
      [instance.tenantId, instance.id, secretHash(ticket), returnTo, ticketLifeSeconds],
    );
    if (!flow) throw new Error('The connect ticket could not be stored');
    return { authorizationUrl: `${this.options.publicUrl}/connect/${ticket}`, expiresAt: flow.expiresAt };
  }
}
