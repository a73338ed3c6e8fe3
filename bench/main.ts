import 'reflect-metadata';
import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { tableOf, writeReport, type Measured } from './report.js';
import { scenarios } from './scenarios/index.js';

const names = scenarios.map(({ name }) => name);
const optionsSchema = z.object({
  /** Which to run; all without it. */
  scenario: z.array(z.enum(names, `must be one of ${names.join(', ')}`)).default(names),
  /** How long each measures, its setting up not counted. */
  seconds: z.coerce.number().positive().max(3600).default(10),
  /** Where the figures are written as JSON. */
  out: z.string().optional(),
});

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    seconds: { type: 'string' },
    out: { type: 'string' },
  },
});
const options = optionsSchema.safeParse(values);
if (!options.success) {
  const [issue] = options.error.issues;
  process.stderr.write(`--${String(issue?.path[0])}: ${issue?.message ?? ''}\n`);
  process.exit(2);
}
const { scenario: chosen, seconds, out } = options.data;
const path = out ?? `bench/results/${new Date().toISOString().replaceAll(':', '-')}.json`;

const output = new Console(process.stdout);
const measured: Measured[] = [];
for (const { name, about, run } of scenarios.filter((scenario) => chosen.includes(scenario.name))) {
  output.log(`\n${name}: ${about}`);
  const result = await run(seconds);
  output.table(tableOf(result.measurements));
  for (const [fact, value] of Object.entries(result.facts)) output.log(`  ${fact}: ${value}`);
  measured.push({ name, about, ...result });
}
await writeReport(path, seconds, measured);
output.log(`\nWritten to ${path}`);
