import { type Address, addressParser, decodeWords } from 'postal-mime';
import { quoteBareNames } from './bare-names.js';

/** A header for reading: unfolded, RFC 2047 words decoded, control characters left out. */
export function headerText(value: string): string {
  return decodeWords(value)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/**
 * Addresses for reading, names decoded. Parsed before they are decoded, so that a sender's name cannot decode
 * into what reads as another address.
 */
export function addressText(value: string): string {
  return addressParser(quoteBareNames(value)).map(formatAddress).join(', ');
}

function formatAddress({ name, address, group }: Address): string {
  const text = headerText(name);
  if (group !== undefined) return `${text}: ${group.map(formatAddress).join(', ')};`;
  if (text === '') return headerText(address);
  const shown = /^[\p{L}\p{M}\p{N} .'_-]+$/u.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return address === '' ? shown : `${shown} <${headerText(address)}>`;
}
