import { Injectable } from '@nestjs/common';
import { DataKeys } from './data-keys.js';
import { openText, sealText, type SealingKey } from './sealed-text.js';
import { UnreadableSecrets } from './unreadable-secrets.js';

/** Where a text of a tenant lies that is none of a credential. It opens nowhere else. */
export interface RecordPlace {
  tenantId: string;
  kind: 'outbound_act' | 'upload' | 'webhook';
  recordId: string;
  field: string;
}

/** Seals what other modules keep for a tenant with its data key: it is shredded with the tenant. */
@Injectable()
export class RecordCipher {
  constructor(
    private readonly dataKeys: DataKeys,
    private readonly unreadable: UnreadableSecrets,
  ) {}

  /** Makes sure that the tenant has a data key, so that sealing inside a transaction needs no second connection. */
  async prepare(tenantId: string): Promise<void> {
    await this.key({ tenantId });
  }

  async seal(place: RecordPlace, text: string | Buffer): Promise<string> {
    return sealText(await this.key(place), text, binding(place));
  }

  /** @throws EvergrantError `UNKNOWN_ERROR`, after the alarm, when it was not sealed for this place */
  async open(place: RecordPlace, sealed: string): Promise<string> {
    return (await this.openBytes(place, sealed)).toString('utf8');
  }

  /** @throws as {@link open} does */
  async openBytes(place: RecordPlace, sealed: string): Promise<Buffer> {
    const key = await this.key(place);
    return this.unreadable.watch(place.kind, place, async () => openText(key, sealed, binding(place)));
  }

  private key({ tenantId }: Pick<RecordPlace, 'tenantId'>): Promise<SealingKey> {
    return this.unreadable.watch('data_key', { tenantId }, () => this.dataKeys.tokensKey(tenantId));
  }
}

function binding({ tenantId, kind, recordId, field }: RecordPlace): unknown[] {
  return [kind, tenantId, recordId, field];
}
