import { domainToASCII } from 'node:url';

/** A bare address in the form in which two of them are compared; never a display name. */
export interface RecipientAddress {
  /** In lower case and without the quotes that say nothing. */
  local: string;
  /** In lower case and ASCII (IDNA), without the dot of the root. */
  domain: string;
}

/** What a domain never holds, though a URL's parser would make sense of it. */
const foreignToDomains = /[\s\p{Cc}%/\\?#@:<>[\](),;"|^`{}]/u;
const quoted = /^"((?:[^"\\]|\\.)*)"$/su;

/**
 * Reads a bare address (RFC 5321, section 4.1.2). Null for anything else: a display name, a group, a list of two, a
 * domain that has no form in ASCII, an address literal.
 */
export function recipientAddress(text: string): RecipientAddress | null {
  const at = text.lastIndexOf('@');
  const domain = comparableDomain(text.slice(at + 1));
  const local = at < 1 ? null : comparableLocal(text.slice(0, at));
  return domain === null || local === null ? null : { local, domain };
}

/** Null for what is no domain. */
export function comparableDomain(text: string): string | null {
  const bare = text.replace(/\.$/, '');
  if (bare === '' || bare.length > 253 || foreignToDomains.test(bare)) return null;
  const ascii = domainToASCII(bare);
  return ascii === '' || ascii.split('.').includes('') ? null : ascii.toLowerCase();
}

function comparableLocal(text: string): string | null {
  const inner = quoted.exec(text)?.[1];
  const local = (inner === undefined ? text : inner.replace(/\\(.)/gsu, '$1')).normalize('NFC').toLowerCase();
  if (local === '' || local.length > 320) return null;
  // A quoted local part may hold anything; a bare one nothing that separates addresses.
  return inner === undefined && /[\s\p{Cc}@<>,;:"()[\]\\]/u.test(local) ? null : local;
}
