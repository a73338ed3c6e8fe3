import { createHash } from 'node:crypto';

/** SHA-256 of a token in hex: what the sandbox stores and shows instead of the token. */
export const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex');
