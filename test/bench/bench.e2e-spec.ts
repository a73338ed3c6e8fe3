import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

interface Report {
  seconds: number;
  scenarios: {
    name: string;
    measurements: { name: string; figure: number; ceiling: number; difference: number }[];
    facts: Record<string, unknown>;
  }[];
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

function bench(...args: string[]) {
  return NodeProcess.start([join(repository, 'dist/bench/main.js'), ...args]);
}

describe('npm run bench', () => {
  it('measures a figure beside its ceiling, tells it as a table and writes it as JSON', async () => {
    const out = join(folder.path, 'deeper/figures.json');
    const process = bench('--scenario', 'fallback', '--seconds', '0.2', '--out', out);
    expect([await process.exitCode(), process.stderr]).toEqual([0, '']);
    expect(process.stdout).toContain('refresh, median');

    const { seconds, scenarios } = JSON.parse(readFileSync(out, 'utf8')) as Report;
    expect([seconds, scenarios.map(({ name }) => name)]).toEqual([0.2, ['fallback']]);
    for (const { figure, ceiling, difference } of scenarios[0]!.measurements) {
      expect(Math.min(figure, ceiling)).toBeGreaterThan(0);
      expect(difference).toBe(figure - ceiling);
    }
    expect(scenarios[0]!.facts).toMatchObject({
      'breaker at the end': 'open',
      'refreshes sent to the OAuth service since': 0,
    });
  });

  it('measures the whole application, in a process of its own', async () => {
    const out = join(folder.path, 'figures.json');
    const scenarios = ['--scenario', 'cached-access-token', '--scenario', 'instances-list'];
    const process = bench(...scenarios, '--seconds', '0.1', '--out', out);
    expect([await process.exitCode(), process.stderr]).toEqual([0, '']);
    const report = JSON.parse(readFileSync(out, 'utf8')) as Report;
    for (const { figure, ceiling } of report.scenarios.flatMap(({ measurements }) => measurements))
      expect(Math.min(figure, ceiling)).toBeGreaterThan(0);
    expect(report.scenarios[0]!.facts['tokens from memory']).toBeGreaterThan(0);
  }, 120_000);

  it('names the scenarios there are when it is asked for another', async () => {
    const process = bench('--scenario', 'warp');
    expect(await process.exitCode()).toBe(2);
    expect(process.stderr).toMatch(/^--scenario: must be one of .*\bfallback\b/);
  });
});
