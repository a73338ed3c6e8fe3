import { Injectable } from '@nestjs/common';
import { rows, selectList, type Projection } from '../../database/index.js';
import { secretHash } from '../../identity/index.js';
import { RequestTransactions } from './request-transactions.js';
import { SignInSeal } from './sign-in-seal.js';

/** A payload of oidc-provider's, whose id is a secret of the one who holds it. */
export type RecordPayload = Record<string, unknown>;

export interface FoundRecord {
  payload: RecordPayload;
  /** Till it ends, by the clock of the database. */
  remainingSeconds: number;
  /** Since it was used first; null for what is unused. */
  consumedSeconds: number | null;
}

interface RecordRow {
  sealedPayload: string;
  remainingSeconds: number;
  consumedSeconds: number | null;
}

export const recordRow: Projection<RecordRow> = {
  sealedPayload: 'sealed_payload',
  remainingSeconds: 'extract(epoch FROM expires_at - evergrant_now())::float8',
  consumedSeconds: 'extract(epoch FROM evergrant_now() - consumed_at)::float8',
};

interface NewRecord {
  model: string;
  id: string;
  /** Without the id, which is not stored. */
  payload: RecordPayload;
  lifeSeconds: number;
  authorizationId: string | null;
  tenantId: string | null;
}

/** What the authorization server has under way and has issued: by the hashes of their ids, sealed, for their time. */
@Injectable()
export class SignInRecords {
  constructor(
    private readonly transactions: RequestTransactions,
    private readonly seal: SignInSeal,
  ) {}

  /** Replaces what is there. */
  async put(record: NewRecord): Promise<void> {
    await this.insert(
      record,
      `DO UPDATE SET sealed_payload = excluded.sealed_payload, expires_at = excluded.expires_at,
         tenant_id = coalesce(excluded.tenant_id, held.tenant_id)`,
    );
  }

  /** Leaves what is there as it is: another request with the same right was first. */
  async add(record: NewRecord): Promise<void> {
    await this.insert(record, 'DO NOTHING');
  }

  private async insert(record: NewRecord, onConflict: string): Promise<void> {
    const { model, id, payload, lifeSeconds, authorizationId, tenantId } = record;
    const idHash = secretHash(id);
    const sealed = await this.seal.seal([model, idHash], JSON.stringify(payload));
    await rows(
      await this.transactions.writer(),
      `INSERT INTO sign_in_records AS held
         (model, id_hash, sealed_payload, expires_at, authorization_id, tenant_id)
       VALUES ($1, $2, $3, evergrant_now() + make_interval(secs => $4::float8), $5, coalesce($6::uuid,
         (SELECT tenant_id FROM sign_in_records WHERE model = 'Grant' AND authorization_id = $5)))
       ON CONFLICT (model, id_hash) ${onConflict}`,
      [model, idHash, sealed, lifeSeconds, authorizationId, tenantId],
    );
  }

  async find(model: string, id: string): Promise<FoundRecord | null> {
    const idHash = secretHash(id);
    const [row] = await rows<RecordRow>(
      await this.transactions.reader(),
      `SELECT ${selectList(recordRow)} FROM sign_in_records
       WHERE model = $1 AND id_hash = $2 AND expires_at > evergrant_now()`,
      [model, idHash],
    );
    if (row === undefined) return null;
    const { sealedPayload, ...times } = row;
    const payload = JSON.parse(await this.seal.open([model, idHash], sealedPayload)) as RecordPayload;
    return { payload, ...times };
  }

  /** @returns false where it was used before, or is gone */
  async consume(model: string, id: string): Promise<boolean> {
    const consumed = await rows(
      await this.transactions.writer(),
      `UPDATE sign_in_records SET consumed_at = evergrant_now()
       WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL RETURNING 1`,
      [model, secretHash(id)],
    );
    return consumed.length > 0;
  }

  async delete(model: string, id: string): Promise<void> {
    await rows(
      await this.transactions.writer(),
      'DELETE FROM sign_in_records WHERE model = $1 AND id_hash = $2',
      [model, secretHash(id)],
    );
  }

  /** All that was issued under an authorization, itself included. */
  async deleteAuthorization(authorizationId: string): Promise<void> {
    await rows(await this.transactions.writer(), 'DELETE FROM sign_in_records WHERE authorization_id = $1', [
      authorizationId,
    ]);
  }

  /** An authorization lives as long as what refreshes it. */
  async prolong(authorizationId: string, lifeSeconds: number): Promise<void> {
    await rows(
      await this.transactions.writer(),
      `UPDATE sign_in_records SET expires_at = greatest(expires_at, evergrant_now() + make_interval(secs => $2::float8))
       WHERE model = 'Grant' AND authorization_id = $1`,
      [authorizationId, lifeSeconds],
    );
  }
}
