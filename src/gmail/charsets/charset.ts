import { TextDecoder } from 'node:util';
import { contentTypeParameter } from './content-type.js';
import { type Decode, decoderFor } from './decoders.js';
import { utf8Evidence } from './utf8-evidence.js';

/** Where a document says its charset for itself, it does so early (HTML Standard, section 13.2.3.2; browsers read on). */
const maxPrologueBytes = 4_096;
/** WHATWG: what calls itself Latin-1 is windows-1252. */
const latin1 = 'windows-1252';
const escape = '\u001b';
const japaneseEscapes = ['$@', '$B', '$(D', '$(@', '$(B', '(J', '(I'].map((each) => escape + each);
const koreanDesignation = `${escape}$)C`;

/**
 * Decodes a text part's bytes. Bytes beyond ASCII that are UTF-8 are UTF-8, whatever the label says; other bytes go by
 * the label of the `Content-Type` header, else by that in the HTML itself, else by the escapes of ISO-2022, else they
 * are Latin-1. A label of UTF-8 on bytes that are not says nothing.
 */
export function decodeText(bytes: Uint8Array, contentType = '', isHtml = false): string {
  const bom = encodingByBom(bytes);
  if (bom !== null) return new TextDecoder(bom).decode(bytes);
  const label = contentTypeParameter(contentType, 'charset');
  const { sequences, faults } = utf8Evidence(bytes);
  if (sequences > 0 && faults === 0) return new TextDecoder().decode(bytes);
  const declared = declaredDecoder(label, isHtml ? bytes : null);
  if (sequences + faults === 0) return sevenBit(bytes, declared);
  return eightBit(bytes, declared, sequences >= faults && (declared === undefined || isUtf8(label)));
}

/** Where most of it is UTF-8, some of it was cut, or put together from several texts. */
function eightBit(bytes: Uint8Array, declared: Decode | undefined, isMostlyUtf8: boolean): string {
  return isMostlyUtf8 ? new TextDecoder().decode(bytes) : (declared?.(bytes) ?? latin1Text(bytes));
}

function encodingByBom([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** What a label of UTF-8 says, the bytes have said or disproved. */
function declaredDecoder(label: string, html: Uint8Array | null): Decode | undefined {
  const byHeader = isUtf8(label) ? undefined : decoderFor(label);
  return byHeader ?? (html === null ? undefined : declaredDecoder(labelInHtml(html), null));
}

function isUtf8(label: string): boolean {
  return /^(?:x-)?(?:unicode-1-1-)?utf-?8/.test(label);
}

/** ASCII, or one of the encodings that are made of it. */
function sevenBit(bytes: Uint8Array, declared: Decode | undefined): string {
  const ascii = latin1Text(bytes);
  if (ascii.includes(koreanDesignation)) return decoderFor('iso-2022-kr')?.(bytes) ?? ascii;
  const isJapanese = japaneseEscapes.some((each) => ascii.includes(each));
  const decode = isJapanese ? decoderFor('iso-2022-jp') : declared;
  return decode?.(bytes) ?? ascii;
}

function latin1Text(bytes: Uint8Array): string {
  return decoderFor(latin1)?.(bytes) ?? '';
}

function labelInHtml(bytes: Uint8Array): string {
  const prologue = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, maxPrologueBytes),
  ).toString('latin1');
  const named = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(prologue);
  const declared = named ?? /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:+-]+)/i.exec(prologue);
  return declared?.[1]?.toLowerCase() ?? '';
}
