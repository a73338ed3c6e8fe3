import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { contentTypeParameter } from './content-type.js';
import { type Decode, decoderFor } from './decoders.js';
import { mostlyUtf8Text, type Utf8Evidence, utf8Evidence } from './utf8-evidence.js';
import { encodingByMark, encodingByZeros, isPrintableAscii, isWide } from './wide-encodings.js';

/** Where a document says its charset for itself, it does so early (HTML Standard, section 13.2.3.2; browsers read on). */
const maxPrologueBytes = 16_384;
/** WHATWG: what calls itself Latin-1 is windows-1252. */
const latin1 = 'windows-1252';
const escape = '\u001b';
const japaneseEscapes = ['$@', '$B', '$(D', '$(@', '$(B', '$(O', '$(P', '$(Q', '(J', '(I'].map(
  (each) => escape + each,
);
const koreanDesignation = `${escape}$)C`;

/**
 * Decodes a text part's bytes. Bytes beyond ASCII that are UTF-8 are UTF-8, whatever the label says; other bytes go by
 * the label of the `Content-Type` header, else by that in the HTML itself, else by the escapes of ISO-2022, else they
 * are Latin-1. A label of UTF-8 on bytes that are not says nothing, nor one of UTF-16 on bytes that are ASCII.
 */
export function decodeText(bytes: Uint8Array, contentType = '', isHtml = false): string {
  return decodeLabelled(bytes, contentTypeParameter(contentType, 'charset'), isHtml);
}

/** The same with a label, in lower case, from elsewhere. */
export function decodeLabelled(bytes: Uint8Array, label: string, isHtml = false): string {
  const wide = encodingByMark(bytes) ?? encodingByZeros(bytes);
  if (wide !== null) return decoderFor(wide)?.(bytes) ?? latin1Text(bytes);
  const evidence = utf8Evidence(bytes);
  const { sequences, surrogates, faults } = evidence;
  if (faults === 0 && sequences + surrogates > 0) return utf8Text(bytes, evidence);
  const declared = declaredDecoder(label, bytes, isHtml);
  if (sequences + faults === 0) return sevenBit(bytes, declared);
  return eightBit(bytes, declared, sequences >= faults && (declared === undefined || isUtf8(label)));
}

/** Where most of it is UTF-8, some of it was cut, or put together from several texts. */
function eightBit(bytes: Uint8Array, declared: Decode | undefined, isMostlyUtf8: boolean): string {
  return isMostlyUtf8 ? mostlyUtf8Text(bytes) : (declared?.(bytes) ?? latin1Text(bytes));
}

/** What a label of UTF-8 says, the bytes have said or disproved. */
function declaredDecoder(label: string, bytes: Uint8Array, isHtml: boolean): Decode | undefined {
  const saysNothing = isUtf8(label) || (isWide(label) && isPrintableAscii(bytes));
  const byHeader = saysNothing ? undefined : decoderFor(label);
  if (byHeader !== undefined || !isHtml) return byHeader;
  // What says it in ASCII is not UTF-16 (HTML Standard, section 13.2.3.2).
  const byHtml = labelInHtml(bytes);
  return isUtf8(byHtml) || isWide(byHtml) ? undefined : decoderFor(byHtml);
}

function isUtf8(label: string): boolean {
  return /^(?:x-)?(?:unicode-1-1-)?utf-?8/.test(label);
}

/** ASCII, or one of the encodings that are made of it. */
function sevenBit(bytes: Uint8Array, declared: Decode | undefined): string {
  const ascii = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (!ascii.includes(escape)) return declared?.(bytes) ?? ascii;
  if (ascii.includes(koreanDesignation)) return decoderFor('iso-2022-kr')?.(bytes) ?? ascii;
  const isJapanese = japaneseEscapes.some((each) => ascii.includes(each));
  const decode = isJapanese ? decoderFor('iso-2022-jp') : declared;
  return decode?.(bytes) ?? ascii;
}

/** UTF-8, or that whose emoji are the two halves that UTF-16 has (Unicode TR 26), as some programs in Java write it. */
function utf8Text(bytes: Uint8Array, { surrogates }: Utf8Evidence): string {
  return surrogates === 0 ? new TextDecoder().decode(bytes) : iconv.decode(Buffer.from(bytes), 'cesu8');
}

function latin1Text(bytes: Uint8Array): string {
  return decoderFor(latin1)?.(bytes) ?? '';
}

function labelInHtml(bytes: Uint8Array): string {
  const prologue = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, maxPrologueBytes))
    .toString('latin1')
    .replaceAll(/<!--[^]*?(?:-->|$)/g, ' ');
  const named = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(prologue);
  const declared = named ?? /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:+-]+)/i.exec(prologue);
  return declared?.[1]?.toLowerCase() ?? '';
}
