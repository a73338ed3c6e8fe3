import { hash } from 'node:crypto';

const algorithm = 'sha256';
/** Of SHA-256 (RFC 2104, section 2). */
const blockBytes = 64;

/**
 * HMAC-SHA-256 (RFC 2104) of many short texts under one key. `createHmac` makes an object for each, which takes several
 * times as long as the hashing.
 */
export class HmacKey {
  private readonly inner: Buffer;
  private readonly outer: Buffer;

  /** @param key of 64 bytes at most */
  constructor(key: Buffer) {
    if (key.length > blockBytes) throw new RangeError('The key is longer than a block');
    const block = Buffer.alloc(blockBytes);
    key.copy(block);
    this.inner = block.map((byte) => byte ^ 0x36) as Buffer;
    this.outer = block.map((byte) => byte ^ 0x5c) as Buffer;
  }

  of(text: string): Buffer {
    const inner = hash(algorithm, Buffer.concat([this.inner, Buffer.from(text)]), 'buffer');
    return hash(algorithm, Buffer.concat([this.outer, inner]), 'buffer');
  }
}
