import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const metrics = new Set(
  [...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `(evergrant_\w+)`/gm)].map(([, name]) => name),
);

describe.each(readdirSync('deploy/alerts'))('deploy/alerts/%s', (file) => {
  const text = readFileSync(`deploy/alerts/${file}`, 'utf8');

  it('asks for metrics that docs/operations.md lists', () => {
    const asked = [...text.matchAll(/^ +expr:.*$/gm)].flatMap(([expr]) => expr.match(/evergrant_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !metrics.has(name))).toEqual([]);
  });

  it('says for each alert how bad it is and what to look at', () => {
    const alerts = text.split(/^ +- alert: /m).slice(1);
    expect(alerts.filter((alert) => !/severity: \w+/.test(alert) || !alert.includes('description:'))).toEqual(
      [],
    );
  });
});

it('docs/operations.md names the folder of alerts', () => {
  expect(readFileSync('docs/operations.md', 'utf8')).toContain('deploy/alerts/');
});
