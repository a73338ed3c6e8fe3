import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Member, TokenAnswer } from '../processes/deployment.js';
import { Stage } from './stage.js';

// A process starts for each that is killed.
jest.setTimeout(400_000);

const kills = 10;
const callers = 200;
const accounts = Array.from({ length: 5 }, (_, n) => `box${n}@example.com`);
/** As long as the provider takes for an answer at most, and its callers to hear of it. */
const latestKillMs = 600;
/** The lease of a dead holder has lapsed by then. */
const leaseSeconds = 31;

let stage: Stage;
beforeAll(async () => void (stage = await Stage.start({ addressInIdToken: true })), 120_000);
afterAll(() => stage.stop());

/** Whose refresh is on its way just now. */
async function leases(): Promise<number> {
  const [found] = await stage.deployment.sql<{ held: number }>(
    'SELECT count(*)::int AS held FROM mcp_credentials WHERE lease_expires_at > evergrant_now()',
  );
  return found!.held;
}

/** A moment that may be before the first of `asked` is answered, between two, or after the last. */
async function randomMoment(asked: readonly Promise<unknown>[]): Promise<void> {
  if (randomInt(2) === 0) {
    await pause(randomInt(latestKillMs));
    return;
  }
  const awaited = randomInt(asked.length);
  let answered = 0;
  await new Promise<void>((resolve) => {
    for (const each of asked) void each.then(() => ++answered >= awaited && resolve());
  });
}

it('loses no grant of 200 callers over two processes, of which one is killed ten times at random moments', async () => {
  const { deployment, api, provider } = stage;
  const ids: string[] = [];
  for (const account of accounts) ids.push(await stage.connect(account));
  // That it rotates is known from the first refresh on.
  for (const id of ids)
    expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, stale: false });
  const pair: [Member, Member] = [await stage.replica(), await stage.replica()];
  let killedWhileRefreshing = 0;

  for (let kill = 0; kill < kills; kill += 1) {
    const rejected = await Promise.all(ids.map((id) => deployment.accessToken(api, id)));
    const asked = Array.from({ length: callers }, (_, n): Promise<TokenAnswer | null> => {
      const which = n % ids.length;
      const { accessToken } = rejected[which]!;
      return deployment.refresh(pair[n % 2]!, ids[which]!, accessToken).catch(() => null);
    });
    await randomMoment(asked);
    if ((await leases()) > 0) killedWhileRefreshing += 1;
    const victim = randomInt(2);
    await pair[victim]!.process.stop('SIGKILL');
    await deployment.advance(leaseSeconds);

    const answers = (await Promise.all(asked)).filter((answer) => answer !== null);
    expect(answers.length).toBeGreaterThanOrEqual(callers / 2);
    for (const { status, requiresReauth, reason } of answers) {
      // What died on its way to the OAuth service may have arrived, for all that its successor can know.
      if (status !== 200) expect([status, requiresReauth, reason]).toEqual([503, false, 'outcome_unknown']);
    }
    // Asked in any case, as by an operator, the provider gives a new token to each.
    for (const id of ids)
      expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, stale: false });
    pair[victim] = await stage.replica();
  }

  for (const id of ids)
    expect(await stage.about(id)).toMatchObject({ oauthStatus: 'completed', requiresReauth: false });
  expect(provider.deeds.filter(({ what }) => what !== 'granted')).toEqual([]);
  // Else the kills met nothing.
  expect(killedWhileRefreshing).toBeGreaterThan(0);
});
