import { hkdfSync } from 'node:crypto';
import { MasterKeyring } from './master-keyring.js';
import { SealedTextUnreadable, type SealingKey } from './sealed-text.js';

const keyBytes = 32;

/**
 * Seals for one purpose what leaves Evergrant and comes back, such as a link, under keys that are derived from the
 * master keys (HKDF-SHA-256, RFC 5869) and serve nothing else. The first one seals, all open, so that what is under
 * way outlives a rotation. AES-GCM compares its tag in constant time.
 */
export class PurposeSeal {
  private readonly keyring: MasterKeyring;

  constructor(
    masterKeys: readonly SealingKey[],
    private readonly purpose: string,
  ) {
    this.keyring = new MasterKeyring(
      masterKeys.map(({ id, key }) => ({
        id,
        key: Buffer.from(hkdfSync('sha256', key, '', `evergrant ${purpose} v1`, keyBytes)),
      })),
    );
  }

  seal(text: string): string {
    return this.keyring.wrap(Buffer.from(text), [this.purpose]);
  }

  /** What was sealed for this purpose under one of the keys; null for everything else. */
  open(sealed: string): string | null {
    try {
      return this.keyring.unwrap(sealed, [this.purpose]).toString();
    } catch (failure) {
      if (failure instanceof SealedTextUnreadable) return null;
      throw failure;
    }
  }
}
