import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../sandbox/index.js';
import { askWithFault, type FaultyRefresh } from './fault-on-refresh.js';
import type { ChaosEvent } from './plan.js';
import type { ProductProcess } from './product-process.js';
import type { Stage } from './stage.js';
import type { World } from './world.js';

type KillAtBarrier = Extract<ChaosEvent, { kind: 'kill-at-barrier' }>;

const commitLimitMs = 5_000;
/** The history row that goes with what a refresh brought, as it passes on the wire. */
const commit = 'INSERT INTO credential_events';

/**
 * Kills those who take part in a refresh while the provider, or the network before the database, stands still.
 * @returns who was killed
 */
export async function killAtBarrier(event: KillAtBarrier, world: World): Promise<string> {
  const { stage } = world;
  const refresh = await askWithFault(event, world, { kind: 'hold' });
  switch (event.moment) {
    case 'before-work': {
      const dead = await stage.kill(participants(event, stage, refresh));
      await stage.google.release();
      return dead;
    }
    case 'after-answer':
      await stage.google.release();
      await pause(event.delayMs);
      return stage.kill(participants(event, stage, refresh));
    case 'before-commit':
      return killBeforeCommit(event, stage, refresh);
  }
}

async function killBeforeCommit(event: KillAtBarrier, stage: Stage, refresh: FaultyRefresh): Promise<string> {
  const apis = stage.role('api');
  const nowMs = await stage.nowMs();
  for (const { database } of apis) database.hold(nowMs);
  await stage.google.release();
  // The request may be one that another process makes; the process that is about to store what it brought is the one to kill.
  const committer = await until(
    'an outcome is to be stored',
    () => apis.find(({ database }) => database.holds(commit)),
    { limitMs: commitLimitMs },
  ).catch(() => null);
  const dead = await stage.kill(participants(event, stage, { ...refresh, api: committer ?? refresh.api }));
  for (const { database } of apis) database.resume();
  return committer ? `${dead}; ${committer.name} was storing` : `${dead}; no process was storing`;
}

/** Of the OAuth services, the one that has the request open; on the direct path any. */
function participants(
  { victim, process }: KillAtBarrier,
  stage: Stage,
  { api, caller }: FaultyRefresh,
): ProductProcess[] {
  const service =
    stage.role('oauth').find((each) => each.caller === caller) ?? stage.numbered('oauth', process);
  return { api: [api], oauth: [service], both: [api, service] }[victim];
}
