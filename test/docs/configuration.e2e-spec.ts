import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '../../src/config/index.js';

/** Variable and default of each row: | `NAME` | meaning | `default` |, a dash standing for none. */
function documentedDefaults(): Record<string, string> {
  const rows = readFileSync('docs/configuration.md', 'utf8').matchAll(
    /^\| `([A-Z_]+)` +\|.*\| (?:`(.*)`|–) +\|$/gm,
  );
  return Object.fromEntries([...rows].map(([, name, value]) => [name, value ?? '']));
}

/** A default as one would write it into the environment. */
function asWritten(value: unknown): string {
  if (value instanceof Set || Array.isArray(value)) return [...(value as Iterable<unknown>)].join(',');
  return value === undefined ? '' : String(value as string | number | boolean);
}

describe('docs/configuration.md', () => {
  const defaults = environmentSchema.parse({});

  it('names every variable that is read, in the order of the schema, and no other', () => {
    expect(Object.keys(documentedDefaults())).toEqual(Object.keys(environmentSchema.shape));
  });

  it('tells their defaults', () => {
    const written = Object.entries(defaults).map(([name, value]) => [name, asWritten(value)]);
    expect(documentedDefaults()).toMatchObject(Object.fromEntries(written));
  });
});
