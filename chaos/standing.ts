import { setTimeout as pause } from 'node:timers/promises';
import type { Mailbox } from './mailboxes.js';
import type { World } from './world.js';

/** `unknown`: the product says that the outcome is unknown, and presents nothing more; `stuck`: it says nothing of use. */
export type Standing = 'alive' | 'unknown' | 'called-dead' | 'stuck';

const limitMs = 60_000;
const pollMs = 250;
/** Said more than once, since the first time it may have been a process that is gone now who was asked. */
const timesToBeSure = 3;

/** How the product, with all of it running, stands towards a mailbox that is asked for until that is clear. */
export async function standingOf(mailbox: Mailbox, { stage, mailboxes }: World): Promise<Standing> {
  const giveUpAtMs = performance.now() + limitMs;
  const apis = stage.role('api');
  for (let [turn, unknown] = [0, 0]; performance.now() < giveUpAtMs; turn += 1) {
    const answer = await mailboxes.accessToken(stage.numbered('api', turn % apis.length), mailbox);
    const recorded = await recordedOf(mailbox, stage.database);
    // A token from memory says nothing of the refresh token while an attempt is open.
    if (answer.status === 200 && answer.stale === false && !recorded?.isOpen) return 'alive';
    if (recorded?.isCalledDead) return 'called-dead';
    unknown = recorded?.isUnknown ? unknown + 1 : 0;
    if (unknown >= timesToBeSure) return 'unknown';
    await pause(pollMs);
  }
  return 'stuck';
}

/** What the product wrote down: an attempt that is still open, whose outcome the history calls unknown; or a verdict. */
async function recordedOf({ id }: Mailbox, database: World['stage']['database']) {
  const [row] = await database.read<{ isOpen: boolean; isUnknown: boolean; isCalledDead: boolean }>(
    `SELECT c.verdict <> 'active' OR c.oauth_status <> 'completed' AS "isCalledDead",
            c.attempt_id IS NOT NULL AS "isOpen",
            EXISTS (
              SELECT FROM credential_events e WHERE e.credential_id = c.id AND e.attempt_id = c.attempt_id
                AND e.outcome = 'unknown') AS "isUnknown"
     FROM mcp_credentials c JOIN mcp_instances i ON i.credential_id = c.id WHERE i.id = $1`,
    [id],
  );
  return row;
}
