import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { Recurrence } from '../../resilience/index.js';
import { AuthorizationEnds } from '../issuer/authorization-ends.js';

const everyMs = 60_000;
const atOnce = 500;
/** A client that registered and was never let do anything: a person may take days to press the button. */
const unusedClientDays = 7;
/** Longer than any refresh token lives. */
const usedClientDays = 400;

/** Forgets what is over, some hundred rows at a time. Several processes may do it at once. */
@Injectable()
export class SignInPruning implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SignInPruning.name);
  private readonly recurrence = new Recurrence(everyMs, () => this.prune());

  constructor(
    private readonly dataSource: DataSource,
    private readonly ends: AuthorizationEnds,
  ) {}

  onApplicationBootstrap(): void {
    this.recurrence.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.recurrence.stop();
  }

  /** Never rejects. */
  async prune(): Promise<void> {
    try {
      // With its grant an authorization ends, of which nothing can be had any more.
      for (const { id } of await this.endedAuthorizations()) await this.ends.end(id, 'unused');
      const records = await rows(
        this.dataSource,
        `DELETE FROM sign_in_records WHERE (model, id_hash) IN (
           SELECT model, id_hash FROM sign_in_records WHERE expires_at <= evergrant_now() AND model <> 'Grant'
           LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING 1`,
        [atOnce],
      );
      const clients = await rows(
        this.dataSource,
        `DELETE FROM sign_in_clients WHERE client_id IN (
           SELECT client_id FROM sign_in_clients
           WHERE created_at < evergrant_now() - make_interval(days => $2) AND (last_used_at IS NULL
             OR last_used_at < evergrant_now() - make_interval(days => $3))
           LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING 1`,
        [atOnce, unusedClientDays, usedClientDays],
      );
      if (records.length + clients.length > 0)
        this.logger.log({ msg: 'Sign-in pruned', records: records.length, clients: clients.length });
    } catch (cause) {
      this.logger.warn({ msg: 'Sign-in could not be pruned', cause: String(cause) });
    }
  }

  private endedAuthorizations(): Promise<{ id: string }[]> {
    return rows<{ id: string }>(
      this.dataSource,
      `SELECT authorization_id AS id FROM sign_in_records
       WHERE model = 'Grant' AND expires_at <= evergrant_now() LIMIT $1`,
      [atOnce],
    );
  }
}
