import { describe, expect, it } from '@jest/globals';
import { consequencesOf, type NamedGrant, type ProviderReport } from './provider-report.js';

const live: NamedGrant = { verdict: 'active', refreshedSince: false, tokenHash: 'a' };
const other: NamedGrant = { ...live, tokenHash: 'b' };
const account = { subject: '1' };
const prefix = { token: { by: 'prefix', value: '1//0' } } as const;
const hash = { token: { by: 'hash', value: 'x' } } as const;

type About = ProviderReport['about'];

describe('a report of the provider', () => {
  it.each<[string, About, ProviderReport['says'], NamedGrant[], string[]]>([
    [
      'that an account’s grants ended makes all of them suspect',
      account,
      'ended',
      [live, other],
      ['suspect', 'suspect'],
    ],
    ['that something changed has them asked for', account, 'changed', [live, other], ['ask', 'ask']],
    [
      'older than a refresh is believed by asking',
      account,
      'ended',
      [{ ...live, refreshedSince: true }],
      ['ask'],
    ],
    [
      'of what is suspect already begins no new suspicion',
      account,
      'ended',
      [{ ...live, verdict: 'suspect' }],
      ['ask'],
    ],
    [
      'by the hash of a token that several share means all of them',
      hash,
      'ended',
      [live, live],
      ['suspect', 'suspect'],
    ],
    ['by the prefix of one token means that one', prefix, 'ended', [live, live], ['suspect', 'suspect']],
    ['by a prefix that two tokens share condemns neither', prefix, 'ended', [live, other], ['ask', 'ask']],
    ['that names nothing of ours has no consequence', hash, 'ended', [], []],
  ])('%s', (_promise, about, says, grants, expected) => {
    expect(consequencesOf({ about, says }, grants).map(({ does }) => does)).toEqual(expected);
  });
});
