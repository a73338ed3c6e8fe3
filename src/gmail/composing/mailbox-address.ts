import { domainToASCII } from 'node:url';
import { addressParser } from 'postal-mime';
import { z } from 'zod';
import { quoteBareNames } from '../headers/bare-names.js';
import { headerValue } from './header-value.js';

/** A recipient (RFC 5322, section 3.4). */
export interface MailboxAddress {
  /** Empty when there is none. */
  name: string;
  address: string;
}

/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const longestAddress = 254;
const addressSchema = z.email({ pattern: z.regexes.html5Email }).max(longestAddress);

/**
 * Reads `ada@example.com` or `Ada Lovelace <ada@example.com>`; domains beyond ASCII are put into their IDNA form.
 * Null for anything but exactly one address, so that no text can smuggle in a second one.
 */
export function parseMailboxAddress(text: string): MailboxAddress | null {
  const value = headerValue(text);
  // Lines with a colon would like to be headers.
  if (value.includes(':') && /[\r\n]/.test(text)) return null;
  const [parsed, ...others] = addressParser(quoteBareNames(value));
  if (parsed?.address === undefined || others.length > 0) return null;
  // The parser makes sense of everything: what it did not find in one of the two forms, it has guessed.
  if (value !== parsed.address && !value.endsWith(`<${parsed.address}>`)) return null;
  const name = headerValue(parsed.name);
  if (readsAsAddresses(name)) return null;
  const address = addressSchema.safeParse(withAsciiDomain(parsed.address));
  return address.success ? { name, address: address.data } : null;
}

/** Such a name says that the mail goes elsewhere; one that mentions an address, as mailing lists give them, does not. */
function readsAsAddresses(name: string): boolean {
  return /^\S+@\S+$/.test(name) || (name.includes('@') && /[,;]/.test(name));
}

function withAsciiDomain(address: string): string {
  const domainStart = address.lastIndexOf('@') + 1;
  return address.slice(0, domainStart) + domainToASCII(address.slice(domainStart));
}
