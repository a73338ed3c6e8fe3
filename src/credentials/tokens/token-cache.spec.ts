import { beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../resilience/index.js';
import type { DatabaseState, LiveToken } from '../store/live-token.js';
import { TokenCache } from './token-cache.js';

function token(accessToken: string, asOf: DatabaseState): LiveToken {
  return {
    ...{ accessToken, asOf, scopes: [] },
    ...{ expiresAt: new Date(), expiresAtMs: Infinity, obtainedAtMs: 0 },
  };
}

let cache: TokenCache;
beforeEach(() => {
  cache = new TokenCache(new Clock());
});

describe('a token in memory, when its credential was changed,', () => {
  it('is dropped', () => {
    cache.set('a', token('old', { readIn: '10:10:' }));
    cache.dropChanged('a', 10n);
    expect(cache.get('a')).toBeUndefined();
  });

  it('stays when it was read with that change in view', () => {
    cache.set('a', token('new', { readIn: '11:11:' }));
    cache.dropChanged('a', 10n);
    expect(cache.get('a')?.accessToken).toBe('new');
  });

  it('stays when the change was its own storing', () => {
    cache.set('a', token('new', { own: 10n }));
    cache.dropChanged('a', 10n);
    expect(cache.get('a')?.accessToken).toBe('new');
    cache.dropChanged('a', 9n);
    expect(cache.get('a')).toBeUndefined();
  });

  it('stays when its own storing had that change in view', () => {
    cache.set('a', token('new', { own: 11n, readIn: '11:11:' }));
    cache.dropChanged('a', 10n);
    expect(cache.get('a')?.accessToken).toBe('new');
  });

  it('is not put there any more by a reader that came before', () => {
    cache.dropChanged('a', 10n);
    cache.set('a', token('old', { readIn: '10:10:' }));
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', token('new', { readIn: '11:11:' }));
    expect(cache.get('a')?.accessToken).toBe('new');
  });

  it('is not put there by a reader that saw only the later of two transactions', () => {
    cache.dropChanged('a', 10n);
    cache.dropChanged('a', 11n);
    cache.set('a', token('old', { readIn: '10:12:10' }));
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', token('new', { readIn: '9:12:9' }));
    expect(cache.get('a')?.accessToken).toBe('new');
  });

  it('is not replaced by what a slower reader read before that change', () => {
    cache.set('a', token('new', { readIn: '11:11:' }));
    cache.dropChanged('a', 10n);
    cache.set('a', token('old', { readIn: '10:11:10' }));
    expect(cache.get('a')).toBeUndefined();
  });

  it('gives way to one that cannot be put there', () => {
    cache.dropChanged('a', 10n);
    cache.set('a', token('old', { readIn: '11:11:' }));
    cache.set('a', token('newest', { own: 12n }));
    expect(cache.get('a')).toBeUndefined();
  });
});
