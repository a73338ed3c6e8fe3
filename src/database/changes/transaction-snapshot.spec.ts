import { expect, it } from '@jest/globals';
import { sees } from './transaction-snapshot.js';

it.each([
  ['below all that ran', '10:20:10,15', 9n, true],
  ['that ran, the oldest', '10:20:10,15', 10n, false],
  ['that ran', '10:20:10,15', 15n, false],
  ['that had ended, above the oldest that ran', '10:20:10,15', 14n, true],
  ['whose id only begins like one that ran', '10:200:10,15', 150n, true],
  ['that was the next to begin', '10:20:10,15', 20n, false],
  ['that began later', '10:20:10,15', 21n, false],
  ['below, when none ran', '20:20:', 19n, true],
  ['that began later, when none ran', '20:20:', 20n, false],
  [
    'beyond what a double can tell apart',
    '9007199254740993:9007199254740995:9007199254740993',
    9007199254740994n,
    true,
  ],
])('of a transaction %s', (_which, snapshot, transactionId, seen) => {
  expect(sees(snapshot, transactionId)).toBe(seen);
});
