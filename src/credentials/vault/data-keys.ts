import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection, type SqlExecutor } from '../../database/index.js';
import type { DataKeyPurpose } from './data-key.entity.js';
import { MasterKeyring } from './master-keyring.js';
import { SealedTextUnreadable, sealingKeyId, type SealingKey } from './sealed-text.js';
import { countedRows, neededKeys, type KeyNeed } from './wrapped-rows.js';

interface DataKeyRow {
  id: string;
  tenantId: string | null;
  purpose: DataKeyPurpose;
  wrappedKey: string;
}

export const dataKeyRow: Projection<DataKeyRow> = {
  id: 'id',
  tenantId: 'tenant_id',
  purpose: 'purpose',
  wrappedKey: 'wrapped_key',
};

const dataKeyRows = 'data key';

/** The keys that encrypt data: one per tenant, and the deployment's for fingerprints, audit log and sign-in; made at first use. */
@Injectable()
export class DataKeys implements OnModuleInit {
  private readonly logger = new Logger(DataKeys.name);
  private readonly unwrapped = new Map<string, Promise<SealingKey>>();

  constructor(
    @Inject(DataSource) private readonly executor: SqlExecutor,
    private readonly keyring: MasterKeyring,
  ) {}

  /** @throws DataKeysUnreadable so that a start with foreign `ENCRYPTION_KEYS` is refused before it serves */
  async onModuleInit(): Promise<void> {
    // One key per master key id tells; a deployment may hold many thousand tenants.
    const samples = await rows<DataKeyRow>(
      this.executor,
      `SELECT DISTINCT ON (split_part(wrapped_key, '.', 2)) ${selectList(dataKeyRow)} FROM data_keys`,
    );
    const needs = await neededKeys(this.executor);
    this.requireKnown(needs);
    for (const sample of samples) this.requireOpened(sample, needs);
    const older = needs.filter(({ keyId }) => keyId !== this.keyring.currentId);
    if (older.length > 0)
      this.logger.log({
        msg: 'Older master keys are needed until `npm run rewrap-keys` was run',
        needs: older,
      });
  }

  /** Outcomes of refreshes are deleted after a day, and nothing is lost for good without them. */
  private requireKnown(needs: readonly KeyNeed[]): void {
    const absent = needs.filter(({ keyId }) => !this.keyring.knows(keyId));
    const [missing] = absent.filter(({ what }) => what === dataKeyRows);
    if (missing !== undefined)
      throw new DataKeysUnreadable(
        `do not hold the master key ${missing.keyId}, which ${countedRows([missing])} need`,
      );
    for (const need of absent)
      this.logger.warn({ msg: 'A master key that rows need is not in ENCRYPTION_KEYS', ...need });
  }

  private requireOpened(sample: DataKeyRow, needs: readonly KeyNeed[]): void {
    try {
      this.unwrap(sample);
    } catch (cause) {
      const keyId = sealingKeyId(sample.wrappedKey);
      const wrapped = needs.filter((need) => need.keyId === keyId && need.what === dataKeyRows);
      throw new DataKeysUnreadable(
        `hold another master key ${keyId} than the one that ${countedRows(wrapped)} need`,
        {
          cause,
        },
      );
    }
  }

  /** The key that seals a tenant's tokens and secrets. */
  tokensKey(tenantId: string): Promise<SealingKey> {
    return this.key(tenantId, 'tokens');
  }

  /** The key that fingerprints are made with, one for the deployment. */
  fingerprintsKey(): Promise<SealingKey> {
    return this.key(null, 'fingerprints');
  }

  /** The key that the audit log is sealed with, one for the deployment. Re-wrapping leaves it the same. */
  async auditKey(): Promise<Buffer> {
    const { key } = await this.key(null, 'audit');
    return key;
  }

  /** The key that seals what the authorization server keeps, one for the deployment. */
  signInKey(): Promise<SealingKey> {
    return this.key(null, 'sign-in');
  }

  private key(tenantId: string | null, purpose: DataKeyPurpose): Promise<SealingKey> {
    const name = `${purpose}:${tenantId ?? ''}`;
    const known = this.unwrapped.get(name);
    if (known) return known;
    const loading = this.loadOrCreate(tenantId, purpose);
    this.unwrapped.set(name, loading);
    loading.catch(() => this.unwrapped.delete(name));
    return loading;
  }

  private async loadOrCreate(tenantId: string | null, purpose: DataKeyPurpose): Promise<SealingKey> {
    const existing = await this.load(tenantId, purpose);
    if (existing) return existing;
    const wrappedKey = this.keyring.wrap(randomBytes(32), binding({ tenantId, purpose }));
    await rows(
      this.executor,
      `INSERT INTO data_keys (tenant_id, purpose, wrapped_key) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, purpose) DO NOTHING`,
      [tenantId, purpose, wrappedKey],
    );
    // Another process may have been first: what the table holds counts.
    const stored = await this.load(tenantId, purpose);
    if (!stored) throw new Error('The data key is gone');
    return stored;
  }

  private async load(tenantId: string | null, purpose: DataKeyPurpose): Promise<SealingKey | null> {
    const [row] = await rows<DataKeyRow>(
      this.executor,
      `SELECT ${selectList(dataKeyRow)} FROM data_keys WHERE tenant_id IS NOT DISTINCT FROM $1 AND purpose = $2`,
      [tenantId, purpose],
    );
    return row ? { id: row.id, key: this.unwrap(row) } : null;
  }

  private unwrap(row: DataKeyRow): Buffer {
    try {
      return this.keyring.unwrap(row.wrappedKey, binding(row));
    } catch (cause) {
      throw new DataKeysUnreadable('cannot open what the database holds', { cause });
    }
  }
}

/** Not the row's id: it is not known before the row is written, and owner and purpose already are unique. */
function binding({ tenantId, purpose }: Pick<DataKeyRow, 'tenantId' | 'purpose'>): unknown[] {
  return ['data_key', tenantId, purpose];
}

/** The database holds data keys that `ENCRYPTION_KEYS` cannot open. */
export class DataKeysUnreadable extends SealedTextUnreadable {
  override readonly name = 'DataKeysUnreadable';

  constructor(problem: string, options: ErrorOptions = {}) {
    super(`ENCRYPTION_KEYS (generated: the file encryption-keys in DATA_DIR) ${problem}`, options);
  }
}
