import { addressParser } from 'postal-mime';
import { quoteBareNames } from '../headers/bare-names.js';
import { headerValue } from './header-value.js';
import { parseMailboxAddress, type MailboxAddress } from './mailbox-address.js';

/** The addresses of a received header that mail can be sent to, those of groups one by one. */
export function addressesIn(value = ''): MailboxAddress[] {
  return addressParser(quoteBareNames(value))
    .flatMap(({ group, ...single }) => group ?? [single])
    .flatMap(({ name: shown, address = '' }) => recipient(headerValue(shown), address) ?? []);
}

/** Without a name that reads as another address. */
function recipient(name: string, address: string): MailboxAddress | null {
  const quoted = `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;
  return parseMailboxAddress(quoted) ?? parseMailboxAddress(address);
}
