import { setTimeout as pause } from 'node:timers/promises';
import pMap from 'p-map';
import { happen } from './events.js';
import type { Finding } from './judgement.js';
import { Load } from './load.js';
import { Mailboxes } from './mailboxes.js';
import { plan } from './plan.js';
import { Random } from './random.js';
import { countEvents, countVerdicts, type ChaosReport } from './report.js';
import { settle } from './settlement.js';
import type { Stage } from './stage.js';
import type { World } from './world.js';

export interface RunOptions {
  seed: number;
  kills: number;
  mailboxes: number;
  log: (line: string) => void;
}

const tokenLifetimeSeconds = 20;
const providerLatencyMs = 80;
const connectsAtOnce = 4;
/** So many events, then everything settles and is counted. */
const eventsARound = 20;

/** Connects mailboxes, lets the planned events happen under load, and counts after every round what was lost. */
export async function run(
  stage: Stage,
  { seed, kills, mailboxes: count, log }: RunOptions,
): Promise<ChaosReport> {
  const startedAtMs = performance.now();
  const { google } = stage;
  await google.configure({
    rotation: 'rotate-and-revoke-family',
    accessTokenLifetimeSeconds: tokenLifetimeSeconds,
  });
  const mailboxes = new Mailboxes();
  const all = await pMap(
    Array.from({ length: count }, (_, number) => `mailbox${number}@sandbox.test`),
    async (account) => {
      await google.addAccount({ email: account });
      return mailboxes.open(stage.numbered('api', 0), account);
    },
    { concurrency: connectsAtOnce },
  );
  // What has rotated once is known to rotate; of a provider that is said never to, the very first answer is not guarded.
  for (const mailbox of all) await mailboxes.forceRefresh(stage.numbered('api', 0), mailbox);
  log(`${count} mailboxes are connected`);
  await google.addFault({ target: 'token', fault: { kind: 'delay', delayMs: providerLatencyMs } });

  const world: World = { stage, mailboxes, all };
  const load = new Load(stage, mailboxes, all, new Random(seed));
  const steps = plan(seed, kills);
  const findings: Finding[] = [];
  for (let first = 0; first < steps.length; first += eventsARound) {
    const sinceSequence = (await google.ledger()).tokenRequests.length;
    load.start();
    for (const [index, { afterMs, event }] of steps.slice(first, first + eventsARound).entries()) {
      await pause(afterMs);
      const met = await happen(event, world);
      log(`${first + index + 1}/${steps.length} ${Object.values(event).join(' ')} ${met}`);
    }
    await load.stop();
    const found = await settle(world, sinceSequence);
    for (const { account, verdict, detail } of found) log(`  ${account}: ${verdict} ${detail}`);
    findings.push(...found);
  }

  const { tokenRequests, grants } = await google.ledger();
  return {
    seed,
    seconds: Math.round((performance.now() - startedAtMs) / 1000),
    mailboxes: count,
    ...countEvents(steps),
    refreshesIssued: tokenRequests.filter(
      ({ grantType, outcome }) => grantType === 'refresh_token' && outcome === 'issued',
    ).length,
    grantsGiven: grants.length,
    answers: Object.fromEntries(load.answers),
    verdicts: countVerdicts(findings),
    falseReauthentications: mailboxes.reauthentications,
    crashes: stage.crashes,
    findings,
  };
}
