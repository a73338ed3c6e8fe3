import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '../../src/config/index.js';

/** Variable and default of each row: | `NAME` | meaning | `default` |, a dash standing for none. */
function documentedDefaults(): [name: string, value: string][] {
  const table = readFileSync('docs/configuration.md', 'utf8');
  const rows = [...table.matchAll(/^\| `([A-Z_]+)` +\|.*\| (?:`(.*)`|–) +\|$/gm)];
  return rows.map(([, name, value]) => [name ?? '', value ?? '']);
}

/** What the schema falls back on, as one would write it into the environment. */
function defaultsOfSchema(): [name: string, value: string][] {
  const defaults: Record<string, unknown> = environmentSchema.parse({});
  return Object.keys(environmentSchema.shape).map((name) => [name, asWritten(defaults[name])]);
}

function asWritten(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Set || Array.isArray(value)) return Array.from(value).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

describe('docs/configuration.md', () => {
  it('names every variable that is read, in the order of the schema, with its default', () => {
    expect(documentedDefaults()).toEqual(defaultsOfSchema());
  });
});
