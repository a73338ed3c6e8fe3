import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from '../../config/index.js';
import { defaultUnitCosts, unitCosts } from './unit-costs.js';

function configured(GMAIL_QUOTA_UNIT_COSTS: string) {
  return unitCosts(loadEnvironment({ GMAIL_QUOTA_UNIT_COSTS }).GMAIL_QUOTA_UNIT_COSTS);
}

describe('The costs of methods', () => {
  it("are Google's", () => {
    expect(configured('')).toEqual(defaultUnitCosts);
  });

  it('are those that the operator gives, for the methods that are named', () => {
    expect(configured('messages.get:5, threads.get:10')).toEqual({
      ...defaultUnitCosts,
      'messages.get': 5,
      'threads.get': 10,
    });
  });

  it.each(['messages.got:5', 'constructor:1'])(
    'are not taken for a method that is not called: %s',
    (given) => {
      expect(() => configured(given)).toThrow(/^GMAIL_QUOTA_UNIT_COSTS may name getProfile, labels\.list/);
    },
  );

  it.each(['messages.get', 'messages.get:-1', 'messages.get:x', 'messages.get:5,,'])(
    'are pairs of names and numbers, not %s',
    (given) => {
      expect(() => configured(given)).toThrow('GMAIL_QUOTA_UNIT_COSTS must be name:number pairs');
    },
  );
});
