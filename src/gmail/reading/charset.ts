import { MIMEType } from 'node:util';

/**
 * Decodes a text part's bytes by the charset of its `Content-Type` header (labels of the WHATWG Encoding
 * Standard). Without a usable one: as UTF-8 if the bytes are UTF-8, else as Latin-1.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  return (decoderFor(charsetOf(contentType)) ?? utf8OrLatin1)(bytes);
}

function charsetOf(contentType: string | undefined): string | undefined {
  try {
    return new MIMEType(contentType ?? '').params.get('charset')?.trim().toLowerCase();
  } catch {
    return undefined;
  }
}

type Decoder = (bytes: Uint8Array) => string;

function decoderFor(charset: string | undefined): Decoder | undefined {
  // Programs write us-ascii when they have not thought about it.
  if (charset === undefined || charset === 'us-ascii' || charset === 'ascii') return undefined;
  try {
    const decoder = new TextDecoder(charset);
    return (bytes) => decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function utf8OrLatin1(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
