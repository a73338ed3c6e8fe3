import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock, CostlyCount } from '../../resilience/index.js';
import { CredentialsOptions, deploymentClients } from '../credentials-options.js';

/** An OAuth client that the deployment ran under once, and whose secret it no longer has. */
export interface AbsentOAuthClient {
  clientId: string;
  /** Grants that it alone can refresh. */
  grants: number;
}

/** What stops grants that nothing is wrong with: who is to do what about it. */
export const clientNotConfigured =
  'The OAuth client that this connection was made with is no longer configured - the operator has to give it in ' +
  'GOOGLE_FORMER_CLIENTS, or the mailbox has to be connected again';

/**
 * Knows which of the deployment's OAuth clients are not configured any more, and says at the start how many grants
 * belong to them: a refresh token serves the client it was given to and no other (RFC 6749 section 10.4).
 */
@Injectable()
export class AbsentOAuthClients implements OnApplicationBootstrap {
  private readonly logger = new Logger(AbsentOAuthClients.name);
  private readonly configured: string[];
  private readonly count: CostlyCount<AbsentOAuthClient>;

  constructor(
    private readonly dataSource: DataSource,
    clock: Clock,
    registry: MetricsRegistry,
    @Inject(CredentialsOptions) options: CredentialsOptions,
  ) {
    this.configured = deploymentClients(options).map(({ clientId }) => clientId);
    this.count = new CostlyCount(clock, () =>
      rows<AbsentOAuthClient>(
        dataSource,
        `SELECT o.client_id AS "clientId", count(*)::int AS grants
         FROM oauth_clients o JOIN mcp_credentials c ON c.oauth_client_id = o.id
         WHERE o.tenant_id IS NULL AND o.client_id <> ALL($1) AND c.refresh_token IS NOT NULL
         GROUP BY o.id ORDER BY grants DESC, o.client_id`,
        [this.configured],
      ),
    );
    const list = () => this.list();
    new Gauge({
      name: 'evergrant_grants_without_client',
      help: 'Grants of OAuth clients that are not configured any more, and cannot be refreshed',
      registers: [registry],
      async collect() {
        const clients = await list().catch(() => null);
        this.set(clients?.reduce((sum, { grants }) => sum + grants, 0) ?? Number.NaN);
      },
    });
  }

  /** Those with grants; what was found stands for a while where counting takes long. */
  list(): Promise<AbsentOAuthClient[]> {
    return this.count.rows();
  }

  /** The ids of their rows, whether they have grants or not. */
  async ids(): Promise<ReadonlySet<string>> {
    const found = await rows<{ id: string }>(
      this.dataSource,
      'SELECT id FROM oauth_clients WHERE tenant_id IS NULL AND client_id <> ALL($1)',
      [this.configured],
    );
    return new Set(found.map(({ id }) => id));
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      for (const { clientId, grants } of await this.list())
        this.logger.error({
          msg: 'Grants of an OAuth client that is not configured any more cannot be refreshed: give it in GOOGLE_FORMER_CLIENTS',
          ...{ clientId, grants },
        });
    } catch (cause) {
      this.logger.warn({ msg: 'Grants of former OAuth clients could not be counted', cause: String(cause) });
    }
  }
}
