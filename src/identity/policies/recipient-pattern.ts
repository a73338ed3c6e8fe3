import { comparableDomain, recipientAddress } from './recipient-address.js';

/** Whom an entry of a list of recipients means. */
export type RecipientPattern =
  /** `ada@example.com` */
  | { kind: 'address'; local: string; domain: string }
  /** `@example.com`: this domain and none below it. */
  | { kind: 'domain'; domain: string }
  /** `@*.example.com`: this domain and all below it. */
  | { kind: 'domain-tree'; domain: string };

/** Null for what is none of the three forms. */
export function recipientPattern(text: string): RecipientPattern | null {
  const entry = text.trim();
  if (!entry.startsWith('@')) {
    const address = recipientAddress(entry);
    return address && { kind: 'address', ...address };
  }
  const isTree = entry.startsWith('@*.');
  const domain = comparableDomain(entry.slice(isTree ? 3 : 1));
  if (domain === null || domain.includes('*')) return null;
  return { kind: isTree ? 'domain-tree' : 'domain', domain };
}
