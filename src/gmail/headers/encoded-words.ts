import { decodeLabelled } from '../charsets/charset.js';

/**
 * An encoded-word (RFC 2047) with its language (RFC 2231, section 5), and as programs write it: with blanks and question
 * marks in it, or cut off.
 */
const encodedWord = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?((?:[^?]|\?(?!=))*)(\?=|$)/gi;

interface Word {
  label: string;
  bytes: Buffer;
}

/** Any charset that mail has, which a library's decoder knows a part of; a letter may be divided between two words. */
export function decodeEncodedWords(value: string): string {
  return replaceWords(value, ({ label, bytes }) => decodeLabelled(bytes, label));
}

/** The same words in UTF-8 and base64, for a parser that has to see where a word begins and ends. */
export function asUtf8Words(value: string): string {
  return replaceWords(
    value,
    ({ label, bytes }) => `=?utf-8?B?${Buffer.from(decodeLabelled(bytes, label)).toString('base64')}?=`,
  );
}

function replaceWords(value: string, written: (word: Word) => string): string {
  if (!value.includes('=?')) return value;
  const pieces: (string | Word)[] = [];
  let end = 0;
  for (const { 0: all, 1: name = '', 2: encoding = '', 3: content = '', 4: close, index } of value.matchAll(
    encodedWord,
  )) {
    if (close === '' && /\s/.test(content)) break;
    addBetween(pieces, value.slice(end, index));
    addWord(pieces, { label: name.toLowerCase(), bytes: bytesOf(encoding, content) });
    end = index + all.length;
  }
  pieces.push(value.slice(end));
  return pieces.map((piece) => (typeof piece === 'string' ? piece : written(piece))).join('');
}

/** Blanks between two words are none (RFC 2047, section 6.2). */
function addBetween(pieces: (string | Word)[], text: string): void {
  if (text.trim() !== '' || typeof pieces.at(-1) !== 'object') pieces.push(text);
}

/** Each word begins in ASCII where letters depend on what stands before them. */
function addWord(pieces: (string | Word)[], word: Word): void {
  const last = pieces.at(-1);
  const goesOn =
    typeof last === 'object' && last.label === word.label && !/^(?:iso-2022|hz|utf-7)/.test(word.label);
  if (goesOn) last.bytes = Buffer.concat([last.bytes, word.bytes]);
  else pieces.push(word);
}

function bytesOf(encoding: string, content: string): Buffer {
  if (/b/i.test(encoding)) return Buffer.from(content, 'base64');
  const plain = Buffer.from(content.replaceAll('_', ' ')).toString('latin1');
  const decoded = plain.replaceAll(/=\s*([0-9A-F]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
