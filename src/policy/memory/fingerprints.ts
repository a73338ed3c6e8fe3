import { hkdfSync } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { HmacKey } from './hmac-key.js';
import { selectedWindows, windowAt, windowWords, wordCounts, wordsOf } from './word-windows.js';

const keyBytes = 32;
const fingerprintBytes = 8;
/** Takes about a millisecond; then others have their turn. */
const windowsAtOnce = 200;
const mostSought = 50_000;

/** A text as it is remembered: nothing of it can be read, nor whether it holds given words without the key. */
export interface TextPrint {
  /** Of the whole text. */
  identity: string;
  /** Of windows of it, as signed 64-bit numbers. */
  hashes: string[];
}

/** A window of a text that is to leave, and how it may be remembered: with each of the keys. */
export interface SoughtWindow {
  /** Which word of the text it begins with. */
  start: number;
  /** How many words of the text stand before it, and before its end. */
  before: number;
  after: number;
  hashes: string[];
}

/** Turns words into numbers, under keys that are derived from the master keys (HKDF-SHA-256, RFC 5869) and serve nothing else. */
export class Fingerprints {
  private readonly keys: readonly HmacKey[];

  /** @param masterKeys the first remembers, all find, so that what was read outlives a rotation */
  constructor(masterKeys: readonly Buffer[]) {
    this.keys = masterKeys.map(
      (key) =>
        new HmacKey(Buffer.from(hkdfSync('sha256', key, '', 'evergrant read fingerprints v1', keyBytes))),
    );
  }

  /** @param mostHashes of the beginning of the text */
  async remembered(instanceId: string, text: string, mostHashes: number): Promise<TextPrint> {
    const [key] = this.keys;
    if (key === undefined) throw new TypeError('There is no key to remember texts with');
    const words = wordsOf(text);
    const hashes = new Set<string>();
    for (const [index, start] of selectedWindows(words).slice(0, mostHashes).entries()) {
      if (index > 0 && index % windowsAtOnce === 0) await othersTurn();
      hashes.add(hashOf(key, instanceId, windowAt(words, start)));
    }
    return { identity: hashOf(key, instanceId, `text ${words.join(' ')}`), hashes: [...hashes] };
  }

  /** Under which a text is kept that its connection has written, apart from one that it has read. */
  writtenIdentity(instanceId: string, text: string): string {
    const [key] = this.keys;
    if (key === undefined) throw new TypeError('There is no key to remember texts with');
    return hashOf(key, instanceId, `written ${wordsOf(text).join(' ')}`);
  }

  /** All windows of a text but those that are also in what was put to it. */
  async sought(instanceId: string, text: string, added: readonly string[]): Promise<SoughtWindow[]> {
    const known = new Set(added.flatMap((each) => allWindows(wordsOf(each))));
    const sought: SoughtWindow[] = [];
    const words = wordsOf(text);
    const counts = wordCounts(words);
    for (const [start, window] of allWindows(words).slice(0, mostSought).entries()) {
      if (known.has(window)) continue;
      if (sought.length > 0 && sought.length % windowsAtOnce === 0) await othersTurn();
      const [before = 0, after = 0] = [counts[start], counts[start + windowWords]];
      sought.push({ start, before, after, hashes: this.keys.map((key) => hashOf(key, instanceId, window)) });
    }
    return sought;
  }
}

function allWindows(words: readonly string[]): string[] {
  return words
    .slice(0, Math.max(words.length - windowWords + 1, 0))
    .map((_, start) => windowAt(words, start));
}

function hashOf(key: HmacKey, instanceId: string, window: string): string {
  const digest = key.of(`${instanceId}\n${window}`);
  return digest.subarray(0, fingerprintBytes).readBigInt64BE().toString();
}
