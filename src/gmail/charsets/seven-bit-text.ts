import { TextDecoder } from 'node:util';

const escape = '\u001b';
const shiftOut = 0x0e;
const shiftIn = 0x0f;
const tilde = 0x7e;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const lineFeed = 0x0a;

/** ISO-2022-KR (RFC 1557): between SO and SI stands EUC-KR without its high bits. */
export function iso2022KrText(bytes: Uint8Array): string {
  const plain = Uint8Array.from(withHighBits(withoutDesignation(bytes)));
  return new TextDecoder('euc-kr').decode(plain);
}

const chineseEscapes = new RegExp(`${escape}(?:\\$[)*+].|[NO])`, 'g');
/** JIS X 0213, whose first plane begins with all of JIS X 0208. */
const ofJisX0213 = new RegExp(`${escape}\\$\\([OQ]`, 'g');
const uselessEscapes = new RegExp(`${escape}(?:\\([BIJ]|\\$\\(?[@BD])(?=${escape}[($])`, 'g');

/** ISO-2022-JP (RFC 1468), where nothing may stand between two escapes, which the Encoding Standard counts as a fault. */
export function iso2022JpText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(ofJisX0213, `${escape}$B`)
    .replaceAll(uselessEscapes, '');
  return new TextDecoder('iso-2022-jp').decode(Buffer.from(text, 'latin1'));
}

/**
 * ISO-2022-CN (RFC 1922): between SO and SI stands what was designated before, which is GB 2312 in nearly all mail.
 * Letters of CNS 11643 are not told apart.
 */
export function iso2022CnText(bytes: Uint8Array): string {
  const ascii = Buffer.from(bytes).toString('latin1').replaceAll(chineseEscapes, '');
  return new TextDecoder('gbk').decode(Uint8Array.from(withHighBits(Buffer.from(ascii, 'latin1'))));
}

/** `ESC $ ) C` stands once at the beginning of the text. */
function withoutDesignation(bytes: Uint8Array): Uint8Array {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\u001b$)C');
  return start < 0 ? bytes : Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 4)]);
}

function* withHighBits(bytes: Uint8Array): Generator<number> {
  let shifted = false;
  for (const byte of bytes) {
    if (byte === shiftOut || byte === shiftIn) shifted = byte === shiftOut;
    else yield shifted && byte > 0x20 ? byte | 0x80 : byte;
  }
}

/** HZ (RFC 1843): between `~{` and `~}` stands GB 2312 without its high bits. */
export function hzText(bytes: Uint8Array): string {
  return new TextDecoder('gbk').decode(Uint8Array.from(withoutTildes(bytes)));
}

function* withoutTildes(bytes: Uint8Array): Generator<number> {
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = byte === tilde ? bytes[at + 1] : undefined;
    if (next === openBrace || next === closeBrace) shifted = next === openBrace;
    else if (next === tilde) yield tilde;
    else if (next !== lineFeed) {
      yield shifted && byte > 0x20 ? byte | 0x80 : byte;
      continue;
    }
    at += 1;
  }
}
