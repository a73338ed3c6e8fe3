import { Console } from 'node:console';
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isClean, tableOf, writeReport } from './report.js';
import { run } from './run.js';
import { Stage } from './stage.js';

const wholeNumber = z.coerce.number('must be a whole number').int('must be a whole number');

const optionsSchema = z.object({
  /** How many single processes are killed; other events come on top. */
  kills: wholeNumber.min(1).max(100_000).default(200),
  /** What the plan of events is drawn from; without it, a new one. */
  seed: wholeNumber
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  mailboxes: wholeNumber.min(2).max(1_000).default(36),
  /** Where the figures are written as JSON. */
  out: z.string().optional(),
});

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    mailboxes: { type: 'string' },
    out: { type: 'string' },
    /** As the tests run it: every kind of event, and few of each. */
    short: { type: 'boolean' },
  },
});
const short = values.short === true ? { kills: 5, mailboxes: 10 } : {};
const options = optionsSchema.safeParse({ ...short, ...values });
if (!options.success) {
  const [issue] = options.error.issues;
  process.stderr.write(`--${String(issue?.path[0])}: ${issue?.message ?? ''}\n`);
  process.exit(2);
}
const { kills, mailboxes, seed = randomInt(2 ** 32), out } = options.data;
const path = out ?? `chaos/results/${new Date().toISOString().replaceAll(':', '-')}.json`;

const output = new Console(process.stdout);
function log(line: string): void {
  output.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

output.log(`Seed ${seed}`);

const folder = mkdtempSync(join(tmpdir(), 'evergrant-chaos-'));
const stage = await Stage.start(folder, log);
let clean = false;
try {
  const report = await run(stage, { seed, kills, mailboxes, log });
  await writeReport(path, report);
  clean = isClean(report);
  output.table(tableOf(report));
  output.log(`Written to ${path}`);
} finally {
  await stage.stop({ keepFolder: !clean });
  output.log(`Seed ${seed}`);
  if (!clean) output.log(`Logs are in ${folder}`);
}
// A request to a process that was killed may still wait for its time to run out.
process.exit(clean ? 0 : 1);
