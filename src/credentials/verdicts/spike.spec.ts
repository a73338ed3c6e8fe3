import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSpike } from './spike.js';

function tenant(tenantId: string, suspects: number, grants: number) {
  return { tenantId, suspects, grants };
}

const none = { scope: 'tenants', tenantIds: [] };

describe('a spike', () => {
  it.each([
    ['five of a few', { suspects: 5, grants: 9 }, [tenant('a', 2, 4), tenant('b', 3, 5)], none],
    ['six of a few', { suspects: 6, grants: 9 }, [tenant('a', 4, 4), tenant('b', 2, 5)], { scope: 'client' }],
    [
      '2 % of many',
      { suspects: 200, grants: 10_000 },
      [tenant('a', 100, 5_000), tenant('b', 100, 5_000)],
      none,
    ],
    [
      'more than 2 % of many',
      { suspects: 201, grants: 10_000 },
      [tenant('a', 101, 5_000), tenant('b', 100, 5_000)],
      { scope: 'client' },
    ],
    [
      'all of one tenant, and one of another',
      { suspects: 101, grants: 200 },
      [tenant('a', 100, 100), tenant('b', 1, 100)],
      { scope: 'tenants', tenantIds: ['a'] },
    ],
    [
      'those of the only tenant',
      { suspects: 9, grants: 9 },
      [tenant('a', 9, 9)],
      { scope: 'tenants', tenantIds: ['a'] },
    ],
    [
      'many tenants with few each',
      { suspects: 2_000, grants: 2_000 },
      Array.from({ length: 400 }, (_, n) => tenant(String(n), 5, 5)),
      { scope: 'client' },
    ],
  ])('is told for %s', (_what, client, tenants, expected) => {
    expect(findSpike(client, tenants)).toEqual(expected);
  });

  it('of one tenant alone never holds another tenant’s verdicts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (suspects, healthy, others) => {
          const spike = findSpike({ suspects, grants: suspects + healthy + others }, [
            tenant('a', suspects, suspects + healthy),
          ]);
          expect(spike).toMatchObject({ scope: 'tenants' });
        },
      ),
    );
  });
});
