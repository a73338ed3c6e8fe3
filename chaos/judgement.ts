import { callerOf, fateOf, heldFor, lastIssued, type Fate, type TokenRequest } from './audit.js';
import type { Mailbox } from './mailboxes.js';
import type { World } from './world.js';

/** What the provider's ledger says of a grant that the product no longer refreshes by itself, or should not have lost. */
export type Verdict =
  /** Recorded as unknown, and lost: the answer reached no process that lived. */
  | Exclude<Fate, 'reached-a-survivor'>
  /** Recorded as unknown, and alive: the provider never saw the request, or never worked on it. */
  | 'not-spent'
  /** A loss by our fault. */
  | 'lost';

export interface Finding {
  account: string;
  verdict: Verdict;
  detail: string;
}

/** The first answer may be that of an attempt which another process had left open. */
const refreshesAtMost = 3;

export function lost({ account }: Pick<Mailbox, 'account'>, detail: string): Finding {
  return { account, verdict: 'lost', detail };
}

/** Possession, proven: the provider issues a token for what we hold. */
export async function isRefreshed(mailbox: Mailbox, { stage, mailboxes }: World): Promise<boolean> {
  const issuedBefore = await issued(mailbox, stage);
  for (let refreshes = 0; refreshes < refreshesAtMost; refreshes += 1) {
    const answer = await mailboxes.forceRefresh(stage.numbered('api', refreshes), mailbox);
    if (answer.status !== 200 || answer.stale !== false) return false;
    if ((await issued(mailbox, stage)).length > issuedBefore.length) return true;
  }
  return false;
}

/**
 * The person presents the token in spite of the doubt. The provider refuses it when its last answer was lost; the
 * ledger tells on whom. Where the product will not present it at all, what it has stored tells whether one was lost.
 */
export async function judgeUnknown(mailbox: Mailbox, world: World): Promise<Finding> {
  const { account } = mailbox;
  const { google, database, deaths } = world.stage;
  const { tokenRequests, grants } = await google.ledger();
  const grant = grants.findLast((each) => each.account === account);
  const answer = grant && lastIssued(tokenRequests, grant.grantId);
  if (!answer) return lost(mailbox, 'never granted');
  if (await isRefreshed(mailbox, world)) return { account, verdict: 'not-spent', detail: '' };
  const isAlive = (await google.ledger()).grants.find(({ grantId }) => grantId === grant.grantId)?.alive;
  if (isAlive && (await allStored(mailbox, answer, database)))
    return { account, verdict: 'not-spent', detail: 'though it was not presented' };
  const fate = fateOf(answer, deaths);
  const detail = `issued to ${callerOf(answer)} at ${answer.at}, which had it for ${heldFor(answer, deaths) ?? 0} ms`;
  return { account, verdict: fate === 'reached-a-survivor' ? 'lost' : fate, detail };
}

/** Whether the product stored something after the provider's last answer, which can only have been that answer. */
async function allStored(
  { id }: Mailbox,
  { deliveredAt }: TokenRequest,
  database: World['stage']['database'],
): Promise<boolean> {
  if (deliveredAt === null) return false;
  const stored = await database.read(
    `SELECT FROM mcp_credentials c JOIN mcp_instances i ON i.credential_id = c.id
     JOIN credential_events e ON e.credential_id = c.id
     WHERE i.id = $1 AND e.outcome IN ('refreshed', 'completed') AND e.at >= $2`,
    [id, deliveredAt],
  );
  return stored.length > 0;
}

async function issued({ account }: Mailbox, { google }: World['stage']): Promise<TokenRequest[]> {
  const { tokenRequests } = await google.ledger();
  return tokenRequests.filter((entry) => entry.account === account && entry.outcome === 'issued');
}
