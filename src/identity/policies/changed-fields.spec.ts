import { expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.js';

it.each([
  [null, null, []],
  [null, { dryRun: true }, ['dryRun']],
  [{ dryRun: true, messagesPerHour: 5 }, null, ['dryRun', 'messagesPerHour']],
  [
    { messagesPerHour: 5, acts: { send: 'ask' as const } },
    { acts: { send: 'ask' as const }, messagesPerHour: 5 },
    [],
  ],
  [{ acts: { send: 'ask' as const } }, { acts: { send: 'deny' as const } }, ['acts']],
  [{ dryRun: undefined }, {}, []],
])('a policy %j that becomes %j changes in %j', (before, after, fields) => {
  expect(changedFields(before, after)).toEqual(fields);
});
