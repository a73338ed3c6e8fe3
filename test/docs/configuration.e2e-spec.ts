import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '../../src/config/index.js';
import { outboundActKinds, tenantPolicy } from '../../src/identity/policies/outbound-policy.js';
import { effectivePolicy } from '../../src/policy/rules/effective-policy.js';

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

/** Field and default of each row of the section on policies; lists and caps have none. */
function documentedPolicy(): [field: string, value: string][] {
  const [, section = ''] = readFileSync('docs/configuration.md', 'utf8').split('## Policies\n');
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\| `([\w.]+)` +\|.*\| (?:`(.*)`|–) +\|$/gm)];
  return rows.map(([, field, value]) => [field ?? '', value ?? '']);
}

/** What holds where neither tenant nor instance say anything. */
function defaultsOfPolicy(): [field: string, value: string][] {
  const { acts, ...others } = effectivePolicy(null, null);
  const defaults: Record<string, unknown> = others;
  return Object.keys(tenantPolicy.shape).flatMap((field): [string, string][] =>
    field === 'acts'
      ? outboundActKinds.map((kind) => [`acts.${kind}`, acts[kind]])
      : [[field, asWritten(defaults[field])]],
  );
}

describe('docs/configuration.md', () => {
  it('names every variable that is read, in the order of the schema, with its default', () => {
    expect(documentedDefaults()).toEqual(defaultsOfSchema());
  });

  it('names every field of a policy, in the order of the schema, with its default', () => {
    expect(documentedPolicy()).toEqual(defaultsOfPolicy());
  });
});
