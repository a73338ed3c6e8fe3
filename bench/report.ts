import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';
import type { Measurement, Scenario, ScenarioResult } from './scenario.js';

export type Measured = Pick<Scenario, 'name' | 'about'> & ScenarioResult;

/** Rows for `console.table`, by the name of what was measured. */
export function tableOf(measurements: readonly Measurement[]): Record<string, object> {
  const rows = measurements.map(({ name, unit, figure, ceiling, compare, aim }) => {
    const compared = { [compare]: rounded(comparisonOf({ figure, ceiling, compare })) };
    return [name, { figure: rounded(figure), ceiling: rounded(ceiling), ...compared, unit, aim }] as const;
  });
  return Object.fromEntries(rows);
}

/** Writes the figures, unrounded, with what they were measured on. */
export async function writeReport(
  path: string,
  seconds: number,
  scenarios: readonly Measured[],
): Promise<void> {
  const machine = {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpus: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
  };
  const compared = scenarios.map(({ measurements, ...scenario }) => ({
    ...scenario,
    measurements: measurements.map((each) => ({ ...each, [each.compare]: comparisonOf(each) })),
  }));
  const report = { measuredAt: new Date().toISOString(), machine, seconds, scenarios: compared };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function comparisonOf({
  figure,
  ceiling,
  compare,
}: Pick<Measurement, 'figure' | 'ceiling' | 'compare'>): number {
  return compare === 'difference' ? figure - ceiling : figure / ceiling;
}
