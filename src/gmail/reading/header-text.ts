import { type Address, addressParser, decodeWords } from 'postal-mime';
import { quoteBareNames } from './bare-names.js';
import { readableText, withoutTerminalSequences } from '../text/readable-text.js';

/** A header for reading: unfolded, RFC 2047 words decoded, and nothing in it that only a machine reads. */
export function headerText(value: string): string {
  const decoded = withoutTerminalSequences(decodeWords(value)).replaceAll(/\p{Cc}/gu, ' ');
  return readableText(decoded)
    .replaceAll(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** The addresses of a header, names decoded, those of groups among them; of a very long header the first ones. */
export function namedAddresses(value: string): { name: string; address: string }[] {
  return addressParser(quoteBareNames(value.slice(0, maxAddressChars)))
    .flatMap((address) => address.group ?? address)
    .map(({ name, address }) => ({ name: headerText(name), address: headerText(address) }));
}

/** As long as this, a header is read within milliseconds. A hundred recipients fit into it, of which tools show fewer. */
const maxAddressChars = 5_000;
const restLeftOut = '[the rest of this very long header is left out]';

/**
 * Addresses for reading, names decoded. Parsed before they are decoded, so that a sender's name cannot decode
 * into what reads as another address. Of a very long header the first ones, none of them cut.
 */
export function addressText(value: string): string {
  const addresses = addressParser(quoteBareNames(value.slice(0, maxAddressChars)));
  if (value.length <= maxAddressChars) return addresses.map(formatAddress).join(', ');
  return [...addresses.slice(0, -1).map(formatAddress), restLeftOut].join(', ');
}

function formatAddress({ name, address, group }: Address): string {
  const text = headerText(name);
  if (group !== undefined) return `${text}: ${group.map(formatAddress).join(', ')};`;
  if (text === '') return headerText(address);
  const shown = /^[\p{L}\p{M}\p{N} .'_-]+$/u.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return address === '' ? shown : `${shown} <${headerText(address)}>`;
}
