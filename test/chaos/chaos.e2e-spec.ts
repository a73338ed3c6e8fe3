import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

// Every process that is killed starts again, and all of them share this machine.
jest.setTimeout(300_000);

const seed = 1;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

function chaos(...args: string[]) {
  return NodeProcess.start([join(repository, 'dist/chaos/main.js'), ...args]);
}

describe('npm run chaos', () => {
  it('kills, cuts and shifts in every way that it knows, and no grant is lost by our fault', async () => {
    const out = join(folder.path, 'figures.json');
    const process = chaos('--short', '--seed', String(seed), '--out', out);
    const code = await process.exitCode();
    expect([code, code === 0 ? '' : process.stdout + process.stderr]).toEqual([0, '']);

    const report = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      seed,
      killsOfSingleProcesses: 5,
      verdicts: { lost: 0 },
      falseReauthentications: [],
      crashes: [],
    });
    expect(report.refreshesIssued).toBeGreaterThan(20);
    expect(process.stdout).toMatch(/^Seed 1$/m);
    expect(process.stdout).toContain('lost by our fault (must be 0)');
  });

  it('says what is wrong with an argument', async () => {
    const process = chaos('--kills', 'many');
    expect(await process.exitCode()).toBe(2);
    expect(process.stderr).toBe('--kills: must be a whole number\n');
  });
});
