import { describe, expect, it } from '@jest/globals';
import { nextPosition, readPosition, restOf } from './page-position.js';

const ids = ['a', 'b', 'c'];

describe('the next page of a search', () => {
  it.each<[string, number, string | undefined, string | undefined, string | undefined]>([
    ["is Gmail's where this one is shown whole", 3, undefined, '17', '17'],
    ['is none where there is no more', 3, undefined, undefined, undefined],
    ['begins behind what was shown of the first page', 2, undefined, '17', '~b~'],
    ['begins behind what was shown of another', 1, '17', '34', '~a~17'],
  ])('%s', (_what, done, pageToken, gmailNext, expected) => {
    expect(nextPosition(ids, done, { pageToken }, gmailNext)).toBe(expected);
  });
});

describe('a position', () => {
  it.each<[string | undefined, ReturnType<typeof readPosition>]>([
    [undefined, { pageToken: undefined }],
    ['17', { pageToken: '17' }],
    ['~b~', { afterId: 'b', pageToken: undefined }],
    ['~b~17~x', { afterId: 'b', pageToken: '17~x' }],
    ['~b', { pageToken: '~b' }],
  ])('is read from %j', (token, position) => {
    expect(readPosition(token)).toEqual(position);
  });

  it('leaves what comes behind it, and all of a page that it is not on any more', () => {
    expect(restOf(ids, { afterId: 'b' })).toEqual(['c']);
    expect(restOf(ids, {})).toEqual(ids);
    expect(restOf(ids, { afterId: 'gone' })).toEqual(ids);
  });
});
