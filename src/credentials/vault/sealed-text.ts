import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 'eg1';
const nonceBytes = 12;
const tagBytes = 16;

/** A 256-bit AES key and the id under which the sealed text names it. */
export interface SealingKey {
  id: string;
  key: Buffer;
}

/** A sealed text does not open: it, its key or its place is another one. The message holds nothing of it. */
export class SealedTextUnreadable extends Error {
  override readonly name: string = 'SealedTextUnreadable';
}

/**
 * AES-256-GCM. The result is `eg1.<key id>.<nonce, ciphertext and tag in base64url>`; `binding` is associated
 * data: text sealed for one place does not open in another.
 */
export function sealText(key: SealingKey, plaintext: string | Buffer, binding: readonly unknown[]): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(binding));
  const body = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${key.id}.${body.toString('base64url')}`;
}

/** The id of the key that opens a sealed text. */
export function sealingKeyId(sealed: string): string {
  return parse(sealed).keyId;
}

/** @throws SealedTextUnreadable when the key, the binding or the text is not the one that was sealed */
export function openText(key: SealingKey, sealed: string, binding: readonly unknown[]): Buffer {
  const { keyId, body } = parse(sealed);
  if (keyId !== key.id) throw new SealedTextUnreadable('The text was sealed with another key');
  const tag = body.subarray(-tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key.key, body.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associatedData(binding));
  decipher.setAuthTag(tag);
  const opened = decipher.update(body.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch (cause) {
    throw new SealedTextUnreadable('The text is not what was sealed for this place', { cause });
  }
}

function parse(sealed: string): { keyId: string; body: Buffer } {
  const [format, keyId, encoded] = sealed.split('.');
  const body = Buffer.from(encoded ?? '', 'base64url');
  if (format !== version || !keyId || body.length < nonceBytes + tagBytes) {
    throw new SealedTextUnreadable('Not a sealed text of a known format');
  }
  return { keyId, body };
}

/** JSON keeps the parts apart: no two bindings share one encoding. */
function associatedData(binding: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(binding));
}
