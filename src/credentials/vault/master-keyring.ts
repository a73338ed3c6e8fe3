import { openText, SealedTextUnreadable, sealingKeyId, sealText, type SealingKey } from './sealed-text.js';

/** The deployment's master keys (`ENCRYPTION_KEYS`): the first wraps, all unwrap. */
export class MasterKeyring {
  private readonly byId: ReadonlyMap<string, SealingKey>;
  private readonly current: SealingKey;

  constructor(keys: readonly SealingKey[]) {
    const [current] = keys;
    if (!current) throw new Error('A keyring needs at least one master key');
    this.current = current;
    this.byId = new Map(keys.map((key) => [key.id, key]));
  }

  /** The key that wraps. */
  get currentId(): string {
    return this.current.id;
  }

  knows(id: string): boolean {
    return this.byId.has(id);
  }

  wrap(dataKey: Buffer, binding: readonly unknown[]): string {
    return sealText(this.current, dataKey, binding);
  }

  /** @throws SealedTextUnreadable when no master key opens it */
  unwrap(wrapped: string, binding: readonly unknown[]): Buffer {
    const id = sealingKeyId(wrapped);
    const key = this.byId.get(id);
    if (!key) throw new SealedTextUnreadable('No master key of that id');
    return openText(key, wrapped, binding);
  }
}
