import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from './change.js';
import { SettlingTenants } from './settling-tenants.js';

function change(tenantId: string, transactionId: number): Change {
  return {
    position: { transactionId: String(transactionId), id: '1', atSeconds: 0 },
    ...{
      tenantId,
      instanceId: 'i',
      credentialId: null,
      callerId: null,
      watchedInstanceId: null,
      kind: 'updated',
    },
  };
}

describe('a tenant whose changes are committed', () => {
  it('is told of once they have settled, and once', () => {
    const settling = new SettlingTenants();
    settling.add([change('a', 10), change('b', 12)]);
    expect([...settling.settle(10n)]).toEqual([]);
    expect([...settling.settle(11n)]).toEqual(['a']);
    expect([...settling.settle(12n)]).toEqual([]);
    expect([...settling.settle(13n)]).toEqual(['b']);
    expect([...settling.settle(14n)]).toEqual([]);
  });

  it('is told of after the last one, in whatever order they commit and settle', () => {
    const step = fc.record({
      committed: fc.array(fc.integer({ min: 1, max: 50 })),
      xmin: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const settling = new SettlingTenants();
        const untold = new Set<number>();
        for (const { committed, xmin } of [
          ...steps,
          { committed: [], xmin: 60 },
          { committed: [], xmin: 60 },
        ]) {
          settling.add(committed.map((transactionId) => change('a', transactionId)));
          for (const one of committed) untold.add(one);
          if (settling.settle(BigInt(xmin)).has('a'))
            for (const one of [...untold].filter((each) => each < xmin)) untold.delete(one);
        }
        expect(untold).toEqual(new Set());
      }),
    );
  });
});
