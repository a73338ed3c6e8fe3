import { describe, expect, it } from '@jest/globals';
import { signingKeyRoles, type AgedKey, type KeyRoles } from './signing-key-roles.js';

const day = 24 * 3600;
function aged(ages: Record<string, number>): AgedKey[] {
  return Object.entries(ages).map(([id, days]) => ({ id, ageSeconds: days * day }));
}

describe('what signing keys are for', () => {
  it.each<[string, Record<string, number>, KeyRoles]>([
    ['none yet', {}, { published: [], needsNew: true, ended: [] }],
    ['the first signs at once', { a: 0 }, { published: ['a'], needsNew: false, ended: [] }],
    ['one in its time', { a: 89 }, { published: ['a'], needsNew: false, ended: [] }],
    ['one at its end', { a: 90 }, { published: ['a'], needsNew: true, ended: [] }],
    [
      'a new one is published before it signs',
      { a: 90.5, b: 0.5 },
      { published: ['a', 'b'], needsNew: false, ended: [] },
    ],
    [
      'then it signs, and the old one still verifies',
      { a: 91.5, b: 1.5 },
      { published: ['b', 'a'], needsNew: false, ended: [] },
    ],
    ['then the old one ends', { a: 92, b: 2 }, { published: ['b'], needsNew: false, ended: ['a'] }],
    ['two made at once: one signs', { a: 0, b: 0 }, { published: ['b', 'a'], needsNew: false, ended: [] }],
    ['after an outage of months', { a: 400 }, { published: ['a'], needsNew: true, ended: [] }],
  ])('%s', (_case, ages, roles) => {
    expect(signingKeyRoles(aged(ages))).toEqual(roles);
  });
});
