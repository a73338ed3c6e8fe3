import { genesisHash, hashOf, sealOf, type AuditEntry } from '../chain/chain-link.js';

/** What is wrong with the first broken event of a chain. */
export const chainFaults = {
  changed: 'its content is not what its hash was made of',
  missing: 'it is not there, though later ones are',
  reordered: 'it stands where another one was',
  unlinked: 'it does not follow the one before it: one was inserted, or replaced with a new hash',
  unsealed:
    'its seal is not of this deployment: it was written, or changed, by one who lacks ENCRYPTION_KEYS',
  truncated: 'it is not there: the end of the chain was cut off',
  replaced: 'its hash is another than the one that was noted: the chain was written anew',
  unexpected: 'it comes after the end that the head names',
} as const;

export type ChainFault = keyof typeof chainFaults;

/** Where a chain stood at some time; kept elsewhere it shows a chain that was cut off or written anew. */
export interface ChainPlace {
  sequence: number;
  hash: string;
}

export type ChainVerdict =
  | { status: 'whole'; events: number; head: ChainPlace }
  | { status: 'broken'; sequence: number; fault: ChainFault };

export interface Expectations {
  /** What comes before the first event: the place up to which the chain was pruned. */
  begin: ChainPlace;
  /** Noted earlier, by another party. */
  noted: readonly ChainPlace[];
  /** Without it seals stay unchecked. */
  sealKey: Buffer | null;
}

export const unprunedBegin: ChainPlace = { sequence: 0, hash: genesisHash };

/** Follows one chain, event by event, and knows the first that is broken. */
export class ChainWalk {
  private previous: ChainPlace;
  private broken: Extract<ChainVerdict, { status: 'broken' }> | null = null;
  /** An event that came too early: the next one tells whether those between are missing or were moved. */
  private early: AuditEntry | null = null;
  private events = 0;
  private readonly notedHashes: ReadonlyMap<number, string>;

  constructor(private readonly expected: Expectations) {
    this.previous = expected.begin;
    this.notedHashes = new Map(expected.noted.map(({ sequence, hash }) => [sequence, hash]));
  }

  /** @returns false when the walk may end: the first broken event is known */
  next(entry: AuditEntry): boolean {
    if (this.early !== null) return this.afterEarly(entry);
    const wanted = this.previous.sequence + 1;
    if (entry.sequence > wanted) {
      this.early = entry;
      return true;
    }
    const fault = this.faultOf(entry, wanted);
    if (fault !== null) return this.end(wanted, fault);
    this.events += 1;
    this.previous = { sequence: entry.sequence, hash: entry.hash };
    return true;
  }

  /**
   * After the last event.
   * @param end the end that the head's row names; null where only the events are known
   */
  conclude(end: ChainPlace | null): ChainVerdict {
    if (this.early !== null && this.broken === null) this.end(this.previous.sequence + 1, 'missing');
    if (this.broken !== null) return this.broken;
    const { sequence, hash } = this.previous;
    const { noted } = this.expected;
    const farthest = Math.max(end?.sequence ?? 0, ...noted.map((place) => place.sequence));
    if (farthest > sequence) return { status: 'broken', sequence: sequence + 1, fault: 'truncated' };
    if (end !== null && end.sequence < sequence)
      return { status: 'broken', sequence: end.sequence + 1, fault: 'unexpected' };
    if (end !== null && end.hash !== hash) return { status: 'broken', sequence, fault: 'replaced' };
    return { status: 'whole', events: this.events, head: this.previous };
  }

  private afterEarly(entry: AuditEntry): boolean {
    const wasMoved = this.early !== null && entry.sequence < this.early.sequence;
    return this.end(this.previous.sequence + 1, wasMoved ? 'reordered' : 'missing');
  }

  private faultOf(entry: AuditEntry, wanted: number): ChainFault | null {
    if (entry.sequence < wanted) return 'reordered';
    const isLinked = entry.previousHash === this.previous.hash;
    if (hashOf(entry) !== entry.hash) return isLinked ? 'changed' : 'reordered';
    if (!isLinked) return 'unlinked';
    if (this.expected.sealKey !== null && sealOf(this.expected.sealKey, entry.hash) !== entry.seal)
      return 'unsealed';
    const noted = this.notedHashes.get(entry.sequence);
    return noted !== undefined && noted !== entry.hash ? 'replaced' : null;
  }

  private end(sequence: number, fault: ChainFault): false {
    this.broken ??= { status: 'broken', sequence, fault };
    return false;
  }
}
