import { setTimeout as pause } from 'node:timers/promises';
import { killAtBarrier } from './barrier.js';
import { askWithFault } from './fault-on-refresh.js';
import type { ChaosEvent, Victim } from './plan.js';
import type { ProductProcess } from './product-process.js';
import type { Stage } from './stage.js';
import type { World } from './world.js';

/**
 * Lets an event happen, and returns when it is over; what was killed may still be starting.
 * @returns what it met, in a few words
 */
export async function happen(event: ChaosEvent, world: World): Promise<string> {
  const { stage } = world;
  switch (event.kind) {
    case 'kill':
      return stage.kill(chosen(stage, event.victim, event.process));
    case 'kill-at-barrier':
      return killAtBarrier(event, world);
    case 'provider-cuts':
      // It does its work, and cuts the connection instead of answering.
      return (await askWithFault(event, world, { kind: 'reset-after' })).caller;
    case 'provider-outage':
      await providerOutage(stage, event.outageMs);
      break;
    case 'database-restart':
      stage.database.restart(event.signal, await stage.nowMs());
      break;
    case 'database-cut':
      await databaseCut(stage, event.refuseMs);
      break;
    case 'clock-shift':
      await stage.shiftClock(event.seconds);
      break;
  }
  return '';
}

function chosen(stage: Stage, victim: Victim, number: number): ProductProcess[] {
  const roles = victim === 'both' ? (['api', 'oauth'] as const) : [victim];
  return roles.map((role) => stage.numbered(role, number));
}

async function providerOutage({ google }: Stage, outageMs: number): Promise<void> {
  const fault = { kind: 'error', status: 503, body: { error: 'temporarily_unavailable' } } as const;
  const { id } = await google.addFault({ target: 'token', fault });
  await pause(outageMs);
  await google.clearFaults(id);
}

async function databaseCut(stage: Stage, refuseMs: number): Promise<void> {
  const { processes } = stage;
  for (const { database } of processes) {
    database.refuse();
    database.cut();
  }
  await pause(refuseMs);
  await Promise.all(processes.map(({ database }) => database.accept()));
}
