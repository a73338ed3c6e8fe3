import { Injectable } from '@nestjs/common';
import { rows } from '../../database/index.js';
import { RequestTransactions } from './request-transactions.js';
import { SignInSeal } from './sign-in-seal.js';

export type ClientMetadata = Record<string, unknown>;

function place(clientId: string): string[] {
  return ['Client', clientId];
}

/** Clients that registered themselves. Their metadata is sealed as a whole: some hold a secret. */
@Injectable()
export class SignInClients {
  constructor(
    private readonly transactions: RequestTransactions,
    private readonly seal: SignInSeal,
  ) {}

  async put(clientId: string, metadata: ClientMetadata): Promise<void> {
    const sealed = await this.seal.seal(place(clientId), JSON.stringify(metadata));
    await rows(
      await this.transactions.writer(),
      `INSERT INTO sign_in_clients (client_id, sealed_metadata) VALUES ($1, $2)
       ON CONFLICT (client_id) DO UPDATE SET sealed_metadata = excluded.sealed_metadata`,
      [clientId, sealed],
    );
  }

  async find(clientId: string): Promise<ClientMetadata | null> {
    // PostgreSQL refuses to look for it; none of ours holds one.
    if (clientId.includes('\0')) return null;
    const [row] = await rows<{ sealed: string }>(
      await this.transactions.reader(),
      'SELECT sealed_metadata AS sealed FROM sign_in_clients WHERE client_id = $1',
      [clientId],
    );
    if (row === undefined) return null;
    return JSON.parse(await this.seal.open(place(clientId), row.sealed)) as ClientMetadata;
  }

  /** Written once a day: a client in use is not to be forgotten. */
  async recordUse(clientId: string): Promise<void> {
    await rows(
      await this.transactions.writer(),
      `UPDATE sign_in_clients SET last_used_at = evergrant_now()
       WHERE client_id = $1 AND (last_used_at IS NULL OR last_used_at < evergrant_now() - interval '1 day')`,
      [clientId],
    );
  }

  async delete(clientId: string): Promise<void> {
    await rows(await this.transactions.writer(), 'DELETE FROM sign_in_clients WHERE client_id = $1', [
      clientId,
    ]);
  }
}
