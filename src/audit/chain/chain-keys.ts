import { createHmac, hkdfSync } from 'node:crypto';

const keyBytes = 32;
/** As many characters of base64url are 132 bits: no two addresses share them. */
const hashCharacters = 22;

/** Where the key of all chains comes from: the one thing of them that the database holds sealed only. */
export abstract class AuditKeySource {
  /** 256 random bits that stay the same while the deployment lives, through every change of `ENCRYPTION_KEYS`. */
  abstract auditKey(): Promise<Buffer>;
}

/** The key that events are sealed with (HKDF-SHA-256, RFC 5869). */
export function sealKey(auditKey: Buffer): Buffer {
  return derived(auditKey, 'evergrant audit seals v1');
}

/**
 * What stands for an address where recipients are hashed. It is the same for the same address of one tenant, so that
 * what went to it can be counted and found, and cannot be guessed without the key as a plain hash could.
 */
export function hashedRecipient(auditKey: Buffer, tenantId: string, address: string): string {
  const hash = createHmac('sha256', derived(auditKey, `evergrant audit recipients v1 ${tenantId}`));
  return `hmac:${hash.update(address.trim().toLowerCase()).digest('base64url').slice(0, hashCharacters)}`;
}

function derived(auditKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', auditKey, '', purpose, keyBytes));
}
