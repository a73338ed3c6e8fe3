import { type Address, addressParser } from 'postal-mime';
import { decodeText } from '../charsets/charset.js';
import { quoteBareNames } from './bare-names.js';
import { asUtf8Words, decodeEncodedWords } from './encoded-words.js';
import { plainAddresses } from './plain-addresses.js';
import { readableText, withoutTerminalSequences } from '../text/readable-text.js';

/** Words of ASCII with one blank between them read as they are, unless they are encoded. */
const isPlain = /^[!-~]+(?: [!-~]+)*$/;

/** A header for reading: unfolded, RFC 2047 words decoded, and nothing in it that only a machine reads. */
export function headerText(value: string): string {
  if (isPlain.test(value) && !value.includes('=?')) return value;
  const decoded = withoutTerminalSequences(decodeEncodedWords(withoutEscapes(value))).replaceAll(
    /\p{Cc}/gu,
    ' ',
  );
  return readableText(decoded)
    .replaceAll(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** ISO-2022 (Japanese and Korean) that was never encoded is ASCII to look at. */
function withoutEscapes(value: string): string {
  const isSevenBit = value.includes('\u001b$') && /^[\0-\x7f]*$/.test(value);
  return isSevenBit ? decodeText(Buffer.from(value, 'latin1')) : value;
}

/** A name, a subject and the like, before it is decoded. */
const maxTextChars = 5_000;

/** The same of a header that may be very long: its beginning. */
export function shortHeaderText(value: string, maxChars = maxTextChars): string {
  return value.length <= maxChars ? headerText(value) : `${headerText(value.slice(0, maxChars))}…`;
}

/** The addresses of a header, names decoded, those of groups among them; of a very long header the first ones. */
export function namedAddresses(value: string): { name: string; address: string }[] {
  return parsed(value.slice(0, maxAddressChars))
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
  const addresses = parsed(value.slice(0, maxAddressChars));
  if (value.length <= maxAddressChars) return addresses.map(formatAddress).join(', ');
  return [...addresses.slice(0, -1).map(formatAddress), restLeftOut].join(', ');
}

function parsed(value: string): Address[] {
  return plainAddresses(value) ?? addressParser(quoteBareNames(asUtf8Words(value)));
}

function formatAddress({ name, address, group }: Address): string {
  const text = headerText(name);
  if (group !== undefined) return `${text}: ${group.map(formatAddress).join(', ')};`;
  if (text === '') return formatted(address);
  const shown = /^[\p{L}\p{M}\p{N} .'_-]+$/u.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  return address === '' ? shown : `${shown} <${formatted(address)}>`;
}

/** With the quotes that a local part needs to be one (RFC 5322, section 3.4.1). */
function formatted(address: string): string {
  const text = headerText(address);
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  return /[\s"(),:;<>@[\]\\]/.test(local) ? `"${local.replaceAll(/["\\]/g, '\\$&')}"${text.slice(at)}` : text;
}
