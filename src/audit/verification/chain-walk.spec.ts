import { describe, expect, it } from '@jest/globals';
import { hashOf, sealOf, type AuditEntry } from '../chain/chain-link.js';
import {
  ChainWalk,
  unprunedBegin,
  type ChainPlace,
  type ChainVerdict,
  type Expectations,
} from './chain-walk.js';

const sealKey = Buffer.alloc(32, 1);

/** Events that are well linked and sealed, from `from` on. */
function linked(count: number, from = unprunedBegin, key: Buffer = sealKey): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let previous = from;
  for (let n = 1; n <= count; n += 1) {
    const record = {
      ...{ tenantId: 'tenant', sequence: previous.sequence + 1, at: '2026-11-28T12:00:00.000Z' },
      ...{ event: 'tool.called', actor: { kind: 'server', id: null }, subject: null, instanceId: null },
      ...{ details: { n: previous.sequence + 1 }, previousHash: previous.hash },
    };
    const hash = hashOf(record);
    entries.push({ ...record, hash, seal: sealOf(key, hash) });
    previous = { sequence: record.sequence, hash };
  }
  return entries;
}

const chain = linked(6);
const head = placeOf(chain[5]!);

type Expected = Partial<Expectations> & { end?: ChainPlace | null };

function placeOf({ sequence, hash }: AuditEntry) {
  return { sequence, hash };
}

function verdict(entries: readonly AuditEntry[], { end = head, ...expected }: Expected = {}): ChainVerdict {
  const walk = new ChainWalk({ begin: unprunedBegin, noted: [], sealKey, ...expected });
  for (const entry of entries) if (!walk.next(entry)) break;
  return walk.conclude(end);
}

function at<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.with(index, item);
}

/** The third event with other content, and all hashes from there on made anew. */
function rewritten(key: Buffer): AuditEntry[] {
  const third = { ...chain[2]!, details: { n: 'other' } };
  const hash = hashOf(third);
  return [
    ...chain.slice(0, 2),
    { ...third, hash, seal: sealOf(key, hash) },
    ...linked(3, { sequence: 3, hash }, key),
  ];
}

describe('a chain', () => {
  it('is whole as it was written, and names its head', () => {
    expect(verdict(chain)).toEqual({ status: 'whole', events: 6, head });
    expect(verdict([], { end: unprunedBegin })).toEqual({ status: 'whole', events: 0, head: unprunedBegin });
  });

  it('is whole from the place on up to which it was pruned', () => {
    expect(verdict(chain.slice(2), { begin: placeOf(chain[1]!) })).toMatchObject({
      status: 'whole',
      events: 4,
    });
  });

  it.each<[string, readonly AuditEntry[], Expected, number, string]>([
    ['changed content', at(chain, 2, { ...chain[2]!, details: {} }), {}, 3, 'changed'],
    ['a changed time', at(chain, 2, { ...chain[2]!, at: '2026-11-28T12:00:00.001Z' }), {}, 3, 'changed'],
    ['a changed hash alone', at(chain, 2, { ...chain[2]!, hash: '0'.repeat(64) }), {}, 3, 'changed'],
    ['a changed seal alone', at(chain, 2, { ...chain[2]!, seal: 'other' }), {}, 3, 'unsealed'],
    ['an event less', chain.filter(({ sequence }) => sequence !== 3), {}, 3, 'missing'],
    ['two events less', chain.filter(({ sequence }) => sequence !== 3 && sequence !== 4), {}, 3, 'missing'],
    ['the first event less', chain.slice(1), {}, 1, 'missing'],
    ['the last but one less', chain.filter(({ sequence }) => sequence !== 5), {}, 5, 'missing'],
    [
      'two lines exchanged',
      [chain[0]!, chain[1]!, chain[3]!, chain[2]!, chain[4]!, chain[5]!],
      {},
      3,
      'reordered',
    ],
    [
      'two events with exchanged numbers',
      [...chain.slice(0, 2), { ...chain[3]!, sequence: 3 }, { ...chain[2]!, sequence: 4 }, ...chain.slice(4)],
      {},
      3,
      'reordered',
    ],
    ['an event twice', [...chain.slice(0, 3), chain[2]!, ...chain.slice(3)], {}, 4, 'reordered'],
    [
      'an event inserted, with a hash of its own and the later ones renumbered',
      [
        ...chain.slice(0, 2),
        ...linked(1, placeOf(chain[1]!), Buffer.alloc(32, 2)),
        ...chain.slice(2).map((entry) => ({ ...entry, sequence: entry.sequence + 1 })),
      ],
      { end: null },
      3,
      'unsealed',
    ],
    [
      'an event replaced with one of another chain',
      at(chain, 2, linked(3, { sequence: 0, hash: 'f'.repeat(64) })[2]!),
      {},
      3,
      'unlinked',
    ],
    ['all hashes made anew without the key', rewritten(Buffer.alloc(32, 2)), { end: null }, 3, 'unsealed'],
    ['the end cut off', chain.slice(0, 4), {}, 5, 'truncated'],
    ['all events gone', [], {}, 1, 'truncated'],
    [
      'the end cut off, and the head with it',
      chain.slice(0, 4),
      { end: placeOf(chain[3]!), noted: [head] },
      5,
      'truncated',
    ],
    [
      'all made anew with the key, and noted before',
      rewritten(sealKey),
      { end: null, noted: [head] },
      6,
      'replaced',
    ],
    ['an event after the head', [...chain, ...linked(1, head)], {}, 7, 'unexpected'],
    ['a head of another hash', chain, { end: { sequence: 6, hash: 'f'.repeat(64) } }, 6, 'replaced'],
    ['more pruned than is said', chain.slice(3), { begin: placeOf(chain[1]!) }, 3, 'missing'],
    [
      'another beginning than is said',
      chain.slice(2),
      { begin: { sequence: 2, hash: 'f'.repeat(64) } },
      3,
      'unlinked',
    ],
  ])('is broken by %s, and told where', (_case, entries, expected, sequence, fault) => {
    expect(verdict(entries, expected)).toEqual({ status: 'broken', sequence, fault });
  });

  it('shows without its key what was not made anew, and no more', () => {
    const keyless = { sealKey: null, end: null };
    expect(verdict(at(chain, 2, { ...chain[2]!, details: {} }), keyless)).toMatchObject({ fault: 'changed' });
    expect(verdict(rewritten(Buffer.alloc(32, 2)), keyless)).toMatchObject({ status: 'whole' });
  });
});
