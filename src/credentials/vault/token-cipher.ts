import { Injectable } from '@nestjs/common';
import { DataKeys } from './data-keys.js';
import { openText, sealText, type SealingKey } from './sealed-text.js';
import { UnreadableSecrets } from './unreadable-secrets.js';

/** Where a secret lives. It opens nowhere else, and not in another generation. */
export interface SecretPlace {
  tenantId: string;
  /** Id of the credential or OAuth client. */
  recordId: string;
  field: 'access_token' | 'refresh_token' | 'client_secret';
  generation: number;
}

/** Seals tokens and secrets with their tenant's data key. */
@Injectable()
export class TokenCipher {
  constructor(
    private readonly dataKeys: DataKeys,
    private readonly unreadable: UnreadableSecrets,
  ) {}

  /** Makes sure that the tenant has a data key, so that sealing inside a transaction needs no second connection. */
  async prepare(tenantId: string): Promise<void> {
    await this.key(tenantId);
  }

  async seal(place: SecretPlace, secret: string): Promise<string> {
    return sealText(await this.key(place.tenantId), secret, binding(place));
  }

  /** @throws EvergrantError `UNKNOWN_ERROR`, after the alarm, when it was not sealed for this place */
  async open(place: SecretPlace, sealed: string): Promise<string> {
    const key = await this.key(place.tenantId);
    return this.unreadable.watch(place.field, place, async () =>
      openText(key, sealed, binding(place)).toString('utf8'),
    );
  }

  private key(tenantId: string): Promise<SealingKey> {
    return this.unreadable.watch('data_key', { tenantId }, () => this.dataKeys.tokensKey(tenantId));
  }
}

function binding({ tenantId, recordId, field, generation }: SecretPlace): unknown[] {
  return [tenantId, recordId, field, generation];
}
