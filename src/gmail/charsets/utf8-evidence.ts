import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How far bytes are UTF-8: complete sequences beyond ASCII, pairs of surrogates in it, and bytes that belong to none. */
export interface Utf8Evidence {
  sequences: number;
  surrogates: number;
  faults: number;
}

export function utf8Evidence(bytes: Uint8Array): Utf8Evidence {
  const evidence = { sequences: 0, surrogates: 0, faults: 0 };
  if (isAscii(bytes)) return evidence;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) at += 1;
    else if (isPair(bytes, at)) {
      evidence.surrogates += 1;
      at += 6;
    } else {
      const length = sequenceLength(bytes, at);
      evidence[length > 0 ? 'sequences' : 'faults'] += 1;
      at += Math.max(length, 1);
    }
  }
  return evidence;
}

/** A high surrogate and a low one, in three bytes each (Unicode TR 26). */
function isPair(bytes: Uint8Array, at: number): boolean {
  const [, second = 0, , fourth = 0, fifth = 0] = bytes.subarray(at, at + 6);
  return bytes[at] === 0xed && second >= 0xa0 && second <= 0xaf && fourth === 0xed && fifth >= 0xb0;
}

/** Zero where no well-formed sequence begins (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = lengthBy(first);
  const [least, most] = secondByte.get(first) ?? [0x80, 0xbf];
  const second = bytes[at + 1] ?? 0;
  if (length === 0 || second < least || second > most) return 0;
  for (let index = 2; index < length; index += 1) if (!isContinuation(bytes[at + index] ?? 0)) return 0;
  return length;
}

/** Where it has to be in narrower bounds: no longer form than needed, no half of a pair, nothing beyond Unicode. */
const secondByte = new Map<number, readonly [least: number, most: number]>([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

function lengthBy(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

/** They stand before every letter of Western Europe in UTF-8, and nearly nowhere in Latin-1. */
const cutLetters = new Set([0xc2, 0xc3]);

/**
 * UTF-8 with some bytes that are none. Those alone among ASCII are letters of Latin-1, as in the footer that a program
 * has put below a text of another; others become U+FFFD.
 */
export function mostlyUtf8Text(bytes: Uint8Array): string {
  const written = new Uint8Array(bytes.length * 2);
  let end = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : Math.max(sequenceLength(bytes, at), 1);
    if (length === 1 && isLoneLetter(byte, bytes[at + 1] ?? 0xff)) {
      written[end] = 0xc0 | (byte >> 6);
      written[end + 1] = 0x80 | (byte & 0x3f);
      end += 2;
      at += 1;
    } else for (const next = at + length; at < next; at += 1, end += 1) written[end] = bytes[at] ?? 0;
  }
  return new TextDecoder().decode(written.subarray(0, end));
}

function isLoneLetter(byte: number, next: number): boolean {
  return byte >= 0xa0 && !cutLetters.has(byte) && next < 0x80;
}
