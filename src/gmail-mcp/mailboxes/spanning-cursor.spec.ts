import { describe, expect, it } from '@jest/globals';
import { nextSpanning, readSpanning, type SpannedEnd, writeSpanning } from './spanning-cursor.js';

function found(id: string, nextPageToken?: string): SpannedEnd {
  return { id, from: null, end: { status: 'found', nextPageToken } };
}
function failed(id: string, mayPass: boolean, from: string | null = null): SpannedEnd {
  return { id, from, end: { status: 'failed', mayPass } };
}

describe('a search of several mailboxes', () => {
  it.each<[string, SpannedEnd[], string[], [string, string | null][] | null]>([
    ['is over where none has more', [found('a'), found('b')], [], null],
    ['goes on where one has more', [found('a'), found('b', 'p2')], [], [['b', 'p2']]],
    [
      'asks one that failed for now again, from where it stood',
      [found('a', 'p2'), failed('b', true, 'p5')],
      [],
      [
        ['a', 'p2'],
        ['b', 'p5'],
      ],
    ],
    [
      'does not ask one again that a person has to mend',
      [found('a', 'p2'), failed('b', false)],
      [],
      [['a', 'p2']],
    ],
    ['ends though one fails again and again', [found('a'), failed('b', true)], [], null],
    ['goes on with those that were not asked yet', [found('a')], ['b'], [['b', null]]],
  ])('%s', (_what, ended, waiting, next) => {
    expect(nextSpanning(ended, waiting)).toEqual(next === null ? null : new Map(next));
  });
});

describe('its page token', () => {
  it('is read as it was written', () => {
    const position = new Map([
      ['a', 'p2'],
      ['b', null],
    ]);
    expect(readSpanning(writeSpanning(position))).toEqual(position);
  });

  it.each(['p2', '~m1~p2', 'all~', 'all~bm9uZQ', `all~${Buffer.from('[["a",1]]').toString('base64url')}`])(
    'is not %j',
    (token) => {
      expect(readSpanning(token)).toBeNull();
    },
  );
});
