/** How far bytes are UTF-8: complete sequences beyond ASCII, and bytes that belong to none. */
export interface Utf8Evidence {
  sequences: number;
  faults: number;
}

export function utf8Evidence(bytes: Uint8Array): Utf8Evidence {
  const evidence = { sequences: 0, faults: 0 };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (byte >= 0x80) evidence[length > 0 ? 'sequences' : 'faults'] += 1;
    at += Math.max(length, 1);
  }
  return evidence;
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
