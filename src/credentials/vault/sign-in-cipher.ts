import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataKeys } from './data-keys.js';
import { openText, sealText } from './sealed-text.js';

/** Seals what the authorization server keeps, of whatever tenant, with the deployment's data key for it. */
@Injectable()
export class SignInCipher {
  constructor(private readonly dataKeys: DataKeys) {}

  /** @param place where the text lies; it opens nowhere else */
  async seal(place: readonly string[], text: string): Promise<string> {
    return sealText(await this.dataKeys.signInKey(), text, ['sign-in', ...place]);
  }

  /** @throws SealedTextUnreadable when it was not sealed for this place */
  async open(place: readonly string[], sealed: string): Promise<string> {
    return openText(await this.dataKeys.signInKey(), sealed, ['sign-in', ...place]).toString('utf8');
  }

  /** A secret that only holders of the key can compute from a text: the same in every process, for good. */
  async derive(purpose: string, text: string): Promise<string> {
    const { key } = await this.dataKeys.signInKey();
    return createHmac('sha256', key)
      .update(JSON.stringify([purpose, text]))
      .digest('base64url');
  }
}
