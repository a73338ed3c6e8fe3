import { MIMEType, TextDecoder } from 'node:util';

/**
 * Decodes a text part's bytes by the charset of its `Content-Type` header (labels of the WHATWG Encoding
 * Standard). Without a usable one: as UTF-8 if the bytes are UTF-8, else as Latin-1.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const declared = decoderFor(charsetOf(contentType));
  if (declared !== undefined) return decodeWith(declared, bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWith(new TextDecoder('latin1'), bytes);
  }
}

/** No real header is longer. */
const maxContentTypeChars = 1_000;

function charsetOf(contentType = ''): string | undefined {
  try {
    return new MIMEType(contentType.slice(0, maxContentTypeChars)).params
      .get('charset')
      ?.trim()
      .toLowerCase();
  } catch {
    return undefined;
  }
}

function decoderFor(charset: string | undefined): TextDecoder | undefined {
  // Programs write us-ascii when they have not thought about it.
  if (charset === undefined || charset === 'us-ascii' || charset === 'ascii') return undefined;
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}

/** As a stream, since Node 22.19 loses the quotes and the euro sign of windows-1252 when it decodes in one go. */
function decodeWith(decoder: TextDecoder, bytes: Uint8Array): string {
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
