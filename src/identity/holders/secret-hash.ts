import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A fresh 256-bit secret for URLs and headers; `prefix` says what it is. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** How a secret of full entropy is stored: one SHA-256, which needs no salt and no stretching. */
export function secretHash(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares in constant time, whatever the lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(secretHash(given)), Buffer.from(secretHash(expected)));
}

const shownLength = 10;

/** How a secret begins: enough for people to tell it from others, and too little to use. */
export function shownPrefix(secret: string): string {
  return secret.slice(0, shownLength);
}
