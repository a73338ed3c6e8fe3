import { Random } from './random.js';

/** One process of that role, or one of each at once. */
export type Victim = 'api' | 'oauth' | 'both';

/** Where a refresh stands when a process dies: the provider has not begun; has answered; the answer is about to be stored. */
type Moment = 'before-work' | 'after-answer' | 'before-commit';

/** What is done to the deployment. `process` and `mailbox` are numbers to be counted through those there are. */
export type ChaosEvent =
  | { kind: 'kill'; victim: Victim; process: number }
  | {
      kind: 'kill-at-barrier';
      moment: Moment;
      victim: Victim;
      process: number;
      mailbox: number;
      /** How long after the barrier opened; for `after-answer` only. */
      delayMs: number;
    }
  | { kind: 'provider-cuts'; process: number; mailbox: number }
  | { kind: 'provider-outage'; outageMs: number }
  | { kind: 'database-restart'; signal: 'SIGKILL' | 'SIGQUIT' }
  | { kind: 'database-cut'; refuseMs: number }
  | { kind: 'clock-shift'; seconds: number };

export interface Step {
  /** The pause before it. */
  afterMs: number;
  event: ChaosEvent;
}

type Draw = (random: Random) => ChaosEvent;

function number(random: Random): number {
  return random.between(0, 9_999);
}

function victim(random: Random): Victim {
  return random.oneOf(['api', 'api', 'oauth', 'oauth', 'both']);
}

function kill(victim: Victim): Draw {
  return (random) => ({ kind: 'kill', victim, process: number(random) });
}

function killAtBarrier(moment: Moment): Draw {
  return (random) => ({
    kind: 'kill-at-barrier',
    moment,
    victim: victim(random),
    process: number(random),
    mailbox: number(random),
    delayMs: random.between(0, 30),
  });
}

/** Every kind of event, and how often it comes beside the others. */
const draws: readonly { draw: Draw; weight: number }[] = [
  { draw: kill('api'), weight: 12 },
  { draw: kill('oauth'), weight: 10 },
  { draw: kill('both'), weight: 2 },
  { draw: killAtBarrier('before-work'), weight: 5 },
  { draw: killAtBarrier('after-answer'), weight: 5 },
  { draw: killAtBarrier('before-commit'), weight: 5 },
  {
    draw: (random) => ({ kind: 'provider-cuts', process: number(random), mailbox: number(random) }),
    weight: 1,
  },
  { draw: (random) => ({ kind: 'provider-outage', outageMs: random.between(500, 3_000) }), weight: 2 },
  {
    draw: (random) => ({ kind: 'database-restart', signal: random.oneOf(['SIGKILL', 'SIGQUIT']) }),
    weight: 2,
  },
  { draw: (random) => ({ kind: 'database-cut', refuseMs: random.between(0, 2_000) }), weight: 3 },
  { draw: (random) => ({ kind: 'clock-shift', seconds: random.between(5, 90) }), weight: 4 },
];
const hat = draws.flatMap(({ draw, weight }) => Array.from({ length: weight }, () => draw));

/** The same for the same seed: every kind of event once, then drawn ones until so many single processes are killed. */
export function plan(seed: number, kills: number): Step[] {
  const random = new Random(seed);
  const steps = random.shuffled(draws).map(({ draw }) => step(draw, random));
  while (steps.filter(({ event }) => killsOne(event)).length < kills)
    steps.push(step(random.oneOf(hat), random));
  return steps;
}

/** Whether the event kills a single process. */
export function killsOne(event: ChaosEvent): boolean {
  return (event.kind === 'kill' || event.kind === 'kill-at-barrier') && event.victim !== 'both';
}

function step(draw: Draw, random: Random): Step {
  return { afterMs: random.between(50, 600), event: draw(random) };
}
