import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataKeys } from './data-keys.js';

/** Tells tokens apart in the history without revealing them: a keyed hash, cut to 96 bits. */
@Injectable()
export class TokenFingerprints {
  constructor(private readonly dataKeys: DataKeys) {}

  async of(token: string): Promise<string> {
    const { key } = await this.dataKeys.fingerprintsKey();
    return createHmac('sha256', key).update(token).digest('base64url').slice(0, 16);
  }
}
