/** A text tells by its beginning how it is written. */
const lookedAtBytes = 2_000;
const leastPairs = 4;
/** Of every two bytes one is zero where letters are Latin, as a third of them are in any mail: marks, blanks, line ends. */
const leastShareOfZeros = 0.3;

/** Byte order marks (WHATWG Encoding, section 6; of UTF-32, Unicode, section 3.10), the longer ones first. */
const marks = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** The encoding whose mark begins a text. */
export function encodingByMark(bytes: Uint8Array): string | null {
  const found = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return found?.[0] ?? null;
}

/** UTF-16 or UTF-32 without a mark, by which of every four bytes are zero: no other text has such. */
export function encodingByZeros(bytes: Uint8Array): string | null {
  const seen = bytes.subarray(0, lookedAtBytes);
  const pairs = Math.floor(seen.length / 2);
  if (pairs < leastPairs || bytes.length % 2 === 1 || !seen.includes(0)) return null;
  const [first, second, third, fourth] = [0, 1, 2, 3].map((place) => zerosAt(seen, place)) as Zeros;
  const quarter = Math.floor(seen.length / 4);
  if (Math.min(first, second) >= quarter && third < quarter) return 'utf-32be';
  if (Math.min(third, fourth) >= quarter && second < quarter) return 'utf-32le';
  return utf16ByZeros(first + third, second + fourth, pairs * leastShareOfZeros);
}

type Zeros = [number, number, number, number];

function zerosAt(bytes: Uint8Array, place: number): number {
  let zeros = 0;
  for (let index = place; index < bytes.length; index += 4) if (bytes[index] === 0) zeros += 1;
  return zeros;
}

function utf16ByZeros(even: number, odd: number, least: number): string | null {
  if (even >= least && odd === 0) return 'utf-16be';
  return odd >= least && even === 0 ? 'utf-16le' : null;
}

/** Whether a label names an encoding of two or four bytes a letter. */
export function isWide(label: string): boolean {
  return /^(?:cs)?(?:utf-?(?:16|32)|ucs-?[24]|unicode(?:$|fe)|iso-10646-ucs)/.test(label);
}

export function isPrintableAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
}
