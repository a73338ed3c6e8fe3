import { gmailError } from '../faults/gmail-fault.js';

const quote = 0x22;
const backslash = 0x5c;
/** `\u` and four digits. */
const longestEscape = 6;
const longestKey = 64;
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);
const colon = 0x3a;
const comma = 0x2c;
const base64 = /^[A-Za-z0-9_+/-]*$/;

/** Where in the JSON the reader is. */
type Place = 'between' | 'key' | 'data' | 'otherText';

/**
 * Reads `{"size": …, "data": "<base64url>"}`, the answer of `users.messages.attachments.get`, as it comes, and yields
 * the bytes. Nothing of it is kept but the last few characters of a chunk.
 * @param maxBytes of the attachment
 * @throws EvergrantError `SERVICE_UNAVAILABLE` for another answer, one that ends early, and one that is too long
 */
export async function* attachmentBytes(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  const reader = new DataReader();
  let total = 0;
  for await (const chunk of chunks) {
    const bytes = reader.read(chunk);
    total += bytes.length;
    if (total > maxBytes) throw gmailError('tooLarge');
    if (bytes.length > 0) yield bytes;
  }
  const rest = reader.end();
  if (total + rest.length > maxBytes) throw gmailError('tooLarge');
  if (rest.length > 0) yield rest;
}

class DataReader {
  private place: Place = 'between';
  private depth = 0;
  private key = '';
  /** Behind the colon of a key of the outermost object. */
  private isValue = false;
  private escape = '';
  /** Of the data, not decoded yet. */
  private base64 = '';
  private isComplete = false;

  read(chunk: Uint8Array): Buffer {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let at = 0;
    while (at < buffer.length)
      at = this.place === 'between' ? this.betweenTexts(buffer, at) : this.text(buffer, at);
    return this.decoded(this.base64.length - (this.base64.length % 4));
  }

  end(): Buffer {
    if (!this.isComplete || this.depth !== 0 || this.base64.length % 4 === 1) throw gmailError('malformed');
    return this.decoded(this.base64.length);
  }

  private betweenTexts(buffer: Buffer, at: number): number {
    const byte = buffer[at] ?? 0;
    if (opening.has(byte)) this.depth += 1;
    else if (closing.has(byte)) this.depth -= 1;
    else if (byte === colon) this.isValue = true;
    else if (byte === quote) this.begin();
    else if (byte === comma) this.isValue = false;
    return at + 1;
  }

  private begin(): void {
    const isData = this.isValue && this.depth === 1 && this.key === 'data' && !this.isComplete;
    if (!this.isValue && this.depth === 1) this.key = '';
    this.place = isData ? 'data' : this.isValue || this.depth !== 1 ? 'otherText' : 'key';
  }

  /** Takes what is of the text, up to its end, an escape or the end of the chunk. */
  private text(buffer: Buffer, from: number): number {
    if (this.escape !== '') return this.escaped(buffer, from);
    const end = firstOf(buffer, from);
    this.take(buffer.toString('latin1', from, end));
    if (end === buffer.length) return end;
    if (buffer[end] === backslash) this.escape = '\\';
    else this.endText();
    return end + 1;
  }

  private escaped(buffer: Buffer, at: number): number {
    this.escape += String.fromCharCode(buffer[at] ?? 0);
    const isWhole = this.escape[1] === 'u' ? this.escape.length === longestEscape : true;
    if (isWhole) {
      this.take(unescaped(this.escape));
      this.escape = '';
    }
    return at + 1;
  }

  private endText(): void {
    if (this.place === 'data') {
      this.isComplete = true;
      // Google pads at the end alone.
      this.base64 = this.base64.replace(/={1,2}$/, '');
    }
    this.place = 'between';
  }

  private take(text: string): void {
    if (this.place === 'data') this.base64 += text;
    else if (this.place === 'key') this.key = (this.key + text).slice(0, longestKey);
  }

  private decoded(chars: number): Buffer {
    // Padding may stand at the end of what came so far.
    const ready = this.isComplete ? chars : chars - (chars > 0 ? 4 : 0);
    const text = this.base64.slice(0, ready);
    if (!base64.test(text)) throw gmailError('malformed');
    this.base64 = this.base64.slice(ready);
    return Buffer.from(text, 'base64url');
  }
}

function firstOf(buffer: Buffer, from: number): number {
  const end = buffer.indexOf(quote, from);
  const until = end === -1 ? buffer.length : end;
  const escape = buffer.subarray(from, until).indexOf(backslash);
  return escape === -1 ? until : from + escape;
}

function unescaped(escape: string): string {
  try {
    return JSON.parse(`"${escape}"`) as string;
  } catch (cause) {
    throw gmailError('malformed', { cause });
  }
}
