import { expect, it } from '@jest/globals';
import { wallRepairs, type FoundWall } from './wall-repairs.js';

const declared = { mails: { rows: '(owner = me())', privileges: ['SELECT (id)', 'SELECT (owner)'] } };
const whole: FoundWall = {
  table: 'mails',
  isWalled: true,
  rows: '(owner = me())',
  privileges: ['SELECT (id)', 'SELECT (owner)'],
};
const wall = 'CREATE POLICY tenant_wall ON mails TO evergrant_tenant USING (owner = me())';

it.each<[string, Partial<FoundWall>, string[]]>([
  ['a whole wall', {}, []],
  [
    'a wall of a later release',
    { rows: '(owner = me() OR shared)', privileges: [...whole.privileges, 'INSERT'] },
    [],
  ],
  ['a table that has no wall', { table: 'clocks', isWalled: false, rows: null, privileges: [] }, []],
  ['no row-level security', { isWalled: false }, ['ALTER TABLE mails ENABLE ROW LEVEL SECURITY']],
  ['no policy', { rows: null }, [wall]],
  ['a missing grant', { privileges: ['SELECT (id)'] }, ['GRANT SELECT (owner) ON mails TO evergrant_tenant']],
  [
    'a table as restored without the role',
    { rows: null, privileges: [] },
    [wall, 'GRANT SELECT (id), SELECT (owner) ON mails TO evergrant_tenant'],
  ],
])('%s is given what it lacks', (_case, differs, repairs) => {
  expect(wallRepairs(declared, [{ ...whole, ...differs }])).toEqual(repairs);
});
