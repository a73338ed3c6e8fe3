import pMap from 'p-map';
import { callerOf, presentedInVain } from './audit.js';
import { isRefreshed, judgeUnknown, lost, type Finding } from './judgement.js';
import { standingOf } from './standing.js';
import type { World } from './world.js';

const asksAtOnce = 6;
/** More than a lease, and more than an access token's life; far less than outcomes are kept. */
const shiftSeconds = 45;

/**
 * With every fault cleared and every process up, asks for every mailbox until it is clear how it stands, has every
 * living grant refreshed once more, and judges the others. Who lost a grant, or has one in doubt, connects again.
 * @param sinceSequence the provider's requests up to this one were looked at before
 */
export async function settle(world: World, sinceSequence: number): Promise<Finding[]> {
  const { stage, all, mailboxes } = world;
  await stage.everythingRuns();
  await stage.shiftClock(shiftSeconds);
  const standings = await pMap(all, (mailbox) => standingOf(mailbox, world), { concurrency: asksAtOnce });
  // Looked at before a token is presented in spite of a doubt.
  const { tokenRequests } = await stage.google.ledger();
  const reused = presentedInVain(tokenRequests.filter(({ sequence }) => sequence > sinceSequence));
  const judged = await pMap(
    all,
    async (mailbox, index): Promise<Finding | null> => {
      const standing = standings[index] ?? 'stuck';
      if (standing === 'alive' && (await isRefreshed(mailbox, world))) return null;
      const finding = standing === 'unknown' ? await judgeUnknown(mailbox, world) : lost(mailbox, standing);
      await mailboxes.connect(stage.numbered('api', 0), mailbox);
      return finding;
    },
    { concurrency: asksAtOnce },
  );
  return [
    ...reused.map((entry) =>
      lost(
        { account: entry.account ?? '?' },
        `a spent token was presented by ${callerOf(entry)} at ${entry.at}`,
      ),
    ),
    ...judged.filter((finding) => finding !== null),
  ];
}
