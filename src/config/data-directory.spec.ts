import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dataDirectoryFault, prepareDataDirectory } from './data-directory.js';
import { loadEnvironment } from './environment.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'evergrant-data-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const withDatabase = { DATABASE_URL: 'postgres://db/x' };

it('DATA_DIR is made, with the folders above it, for its owner only', () => {
  const DATA_DIR = join(folder, 'a/b/c');
  expect(prepareDataDirectory(loadEnvironment({ DATA_DIR }))).toBeNull();
  expect(statSync(DATA_DIR).mode & 0o777).toBe(0o700);
  expect(prepareDataDirectory(loadEnvironment({ DATA_DIR }))).toBeNull();
});

function impossible(): [string, string][] {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  return [
    ['ENOTDIR', join(file, 'below')],
    ['ENOTDIR', file],
    ['ENOENT', '/proc/evergrant/data'],
  ];
}

it('DATA_DIR that cannot be made is refused in one line for the embedded database, and at once', () => {
  for (const [code, DATA_DIR] of impossible()) {
    const refusal = () => prepareDataDirectory(loadEnvironment({ DATA_DIR }));
    expect(refusal).toThrow(`DATA_DIR cannot be used (${code})`);
    expect(prepareDataDirectory(loadEnvironment({ DATA_DIR, ...withDatabase }))).toContain(code);
    expect(prepareDataDirectory(loadEnvironment({ DATA_DIR, ROLES: 'oauth' }))).toBeNull();
  }
});

it.each<[string, object, boolean]>([
  ['a file in it', { code: 'EACCES', path: '/data/evergrant/key' }, true],
  ['a folder on the way there', { code: 'EACCES', path: '/data' }, true],
  ['a file that is moved into it', { code: 'ENOSPC', path: '/tmp/x', dest: '/data/evergrant/key' }, true],
  ['a file elsewhere', { code: 'EACCES', path: '/data/evergrant2/key' }, false],
  ['no file', { code: 'ECONNREFUSED' }, false],
])('an error of %s is told of DATA_DIR or not', (_case, error, isConcerned) => {
  expect(dataDirectoryFault('/data/evergrant', error) !== null).toBe(isConcerned);
});
