import { expect, it } from '@jest/globals';
import { permissionsOf } from './permissions.js';

const readonly = 'https://www.googleapis.com/auth/gmail.readonly';
const modify = 'https://www.googleapis.com/auth/gmail.modify';

it.each([
  ['nothing before the first consent', [readonly], [], { granted: [], missing: [], unused: [] }],
  ['what was asked for', [readonly], [readonly], { granted: [readonly], missing: [], unused: [] }],
  [
    'a wider scope as granting the narrower',
    [readonly],
    [modify],
    { granted: [readonly], missing: [], unused: [modify] },
  ],
  ['what was not ticked', [modify], [readonly], { granted: [], missing: [modify], unused: [] }],
])('tells %s', (_case, scopes, grantedScopes, told) => {
  expect(permissionsOf({ scopes, grantedScopes })).toEqual(told);
});
