import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coversScope, gmailScopes } from '../../gmail/index.js';
import { narrowedScopes } from './narrowed-scopes.js';

const { full, modify, readonly, metadata, compose, send, labels } = gmailScopes;

describe('the scopes of an instance, for a token', () => {
  it.each<[asked: string[], permitted: string[] | null, left: string[], why: string]>([
    [[modify], null, [modify], 'it has all rights'],
    [[modify], [readonly], [readonly], 'it only reads'],
    [[readonly, send], [modify], [readonly, send], 'it may not do more than its instance'],
    [[readonly, send], [readonly], [readonly], 'it may not send'],
    [[metadata], [readonly], [metadata], 'its instance reads headers only'],
    [[full], [compose, labels], [compose, labels], 'it has two of many'],
    [[readonly], [send], [], 'they have nothing in common'],
    [[readonly], [], [], 'it has no rights'],
  ])('that asks for %j, for one of %j, are %j: %s', (asked, permitted, left) => {
    expect(narrowedScopes(asked, permitted)).toEqual(left);
  });

  it('cover exactly what both cover', () => {
    const sets = fc.subarray(Object.values(gmailScopes));
    fc.assert(
      fc.property(sets, sets, fc.constantFrom(...Object.values(gmailScopes)), (asked, permitted, scope) => {
        const both = coversScope(asked, scope) && coversScope(permitted, scope);
        expect(coversScope(narrowedScopes(asked, permitted), scope)).toBe(both);
      }),
      { numRuns: 1_000 },
    );
  });
});
