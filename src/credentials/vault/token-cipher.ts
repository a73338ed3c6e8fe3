import { Injectable } from '@nestjs/common';
import { DataKeys } from './data-keys.js';
import { openText, sealText } from './sealed-text.js';

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
  constructor(private readonly dataKeys: DataKeys) {}

  /** Makes sure that the tenant has a data key, so that sealing inside a transaction needs no second connection. */
  async prepare(tenantId: string): Promise<void> {
    await this.dataKeys.tokensKey(tenantId);
  }

  async seal(place: SecretPlace, secret: string): Promise<string> {
    return sealText(await this.dataKeys.tokensKey(place.tenantId), secret, binding(place));
  }

  async open(place: SecretPlace, sealed: string): Promise<string> {
    return openText(await this.dataKeys.tokensKey(place.tenantId), sealed, binding(place)).toString('utf8');
  }
}

function binding({ tenantId, recordId, field, generation }: SecretPlace): unknown[] {
  return [tenantId, recordId, field, generation];
}
