import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:src|sandbox|migrations|test|docs|\.ci)\/[\w./-]*)`/g)].map(
      ([, path]) => path,
    );
    expect(named.filter((path) => !existsSync(path ?? ''))).toEqual([]);
  });

  it('links only to pages that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) =>
      join(dirname(page), link ?? ''),
    );
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});

it('every threat of docs/security.md is held by tests that exist', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const [, threats = ''] = text.split('## Threats considered');
  const cells = [...threats.matchAll(/^\|[^|]+\|[^|]+\|([^|]+)\|$/gm)].map(([, cell = '']) => cell.trim());
  const tests = cells
    .filter((cell) => !/^(Held by|-+|–)$/.test(cell))
    .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  expect(tests.length).toBeGreaterThan(25);
  expect(tests.filter((names) => names.length === 0)).toEqual([]);
  const missing = tests.flat().filter((name) => !existsSync(name) && !existsSync(`test/${name}.e2e-spec.ts`));
  expect(missing).toEqual([]);
});
