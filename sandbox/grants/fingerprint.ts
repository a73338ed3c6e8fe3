import { createHash } from 'node:crypto';

/** SHA-256 of a token in hex: what the sandbox stores and shows instead of the token. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
