import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { killsOne, type Step } from './plan.js';
import type { Finding, Verdict } from './judgement.js';

export interface ChaosReport {
  seed: number;
  seconds: number;
  mailboxes: number;
  /** How many events of each kind; kills by who was killed, and where the refresh stood. */
  events: Record<string, number>;
  killsOfSingleProcesses: number;
  /** By the provider's ledger. */
  refreshesIssued: number;
  grantsGiven: number;
  /** HTTP statuses that the load was answered; 0: none. */
  answers: Record<string, number>;
  verdicts: Record<Verdict, number>;
  falseReauthentications: string[];
  crashes: string[];
  findings: Finding[];
}

export function countEvents(steps: readonly Step[]): Pick<ChaosReport, 'events' | 'killsOfSingleProcesses'> {
  const events: Record<string, number> = {};
  for (const { event } of steps) {
    const name =
      event.kind === 'kill'
        ? `kill ${event.victim}`
        : event.kind === 'kill-at-barrier'
          ? `kill ${event.victim} ${event.moment}`
          : event.kind;
    events[name] = (events[name] ?? 0) + 1;
  }
  return { events, killsOfSingleProcesses: steps.filter(({ event }) => killsOne(event)).length };
}

export function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const verdicts = { lost: 0, 'reached-none': 0, 'died-with-its-holder': 0, 'not-spent': 0 };
  for (const { verdict } of findings) verdicts[verdict] += 1;
  return verdicts;
}

/** Nothing was lost by our fault, no person was asked to sign in again, and no process ended by itself. */
export function isClean({ verdicts, falseReauthentications, crashes }: ChaosReport): boolean {
  return verdicts.lost === 0 && falseReauthentications.length === 0 && crashes.length === 0;
}

/** Rows for `console.table`. */
export function tableOf(report: ChaosReport): Record<string, { count: number }> {
  const { verdicts } = report;
  const rows: [string, number][] = [
    ...Object.entries(report.events).toSorted(([a], [b]) => a.localeCompare(b)),
    ['kills of single processes', report.killsOfSingleProcesses],
    ['refreshes issued by the provider', report.refreshesIssued],
    ['grants given', report.grantsGiven],
    ['lost by our fault (must be 0)', verdicts.lost],
    ['unknown, the answer reached no process', verdicts['reached-none']],
    ['unknown, the answer died with its only holder', verdicts['died-with-its-holder']],
    ['unknown, and the grant lives', verdicts['not-spent']],
    ['false re-authentications (must be 0)', report.falseReauthentications.length],
    ['processes that ended by themselves (must be 0)', report.crashes.length],
  ];
  return Object.fromEntries(rows.map(([name, count]) => [name, { count }]));
}

export async function writeReport(path: string, report: ChaosReport): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
}
