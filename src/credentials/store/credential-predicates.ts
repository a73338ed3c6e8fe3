/** Conditions in SQL on a row `c` of mcp_credentials. */

/** A hold `h` (of verdict_holds) is one over it. */
export const holdCovers = `(h.oauth_client_id = c.oauth_client_id AND (h.tenant_id IS NULL OR h.tenant_id = c.tenant_id))`;

/** A hold stands over it, should it be or become suspect. */
export const underHold = `EXISTS (SELECT FROM verdict_holds h WHERE ${holdCovers})`;

/** It is suspect for a reason that a hold can doubt. */
export const isDoubtfulSuspect = "(c.verdict = 'suspect' AND c.suspected_at IS NOT NULL)";

/** It is suspect, and the hold over it says that its user is not to be asked to sign in. */
export const heldSuspect = `(${isDoubtfulSuspect} AND ${underHold})`;

/** The schedule wants it refreshed by now. */
export const isDue = `(c.verdict = 'active' AND c.oauth_status = 'completed' AND c.next_refresh_at <= evergrant_now())`;

/** Not used for this long, it is idle: its access token may lapse, its grant must not. */
const idleAfterDays = 7;
/** Google ends a grant that was not used for six months. */
export const keepAliveAfterDays = 25;

/** It is not in use, and was refreshed recently enough for its grant to live on. */
export const isIdle = `(
  coalesce(c.last_used_at, c.oauth_completed_at, c.created_at) <= evergrant_now() - make_interval(days => ${idleAfterDays})
  AND coalesce(c.last_refreshed_at, c.created_at) > evergrant_now() - make_interval(days => ${keepAliveAfterDays}))`;

/** Its use of an hour ago or more is the last one recorded: often enough to tell what is idle, and cheap. */
export const useUnrecorded = "coalesce(c.last_used_at <= evergrant_now() - interval '1 hour', true)";

/** No process holds the right to refresh it. */
export const leaseIsFree = '(c.lease_expires_at IS NULL OR c.lease_expires_at <= evergrant_now())';

/** Its provider has set no `Retry-After` for its OAuth client, or the time is over. */
export const gateIsOpen = `NOT EXISTS (SELECT FROM refresh_gates g
  WHERE g.oauth_client_id = c.oauth_client_id AND g.closed_until > evergrant_now())`;

/** It still has the consent and the refresh token of which the first three parameters tell ({@link rowVersion}). */
export const isUnchanged = 'c.id = $1 AND c.generation = $2 AND c.refresh_version = $3';

/** The first three parameters of a write that is guarded by {@link isUnchanged}. */
export function rowVersion(row: {
  id: string;
  generation: number;
  refreshVersion: number;
}): [string, number, number] {
  return [row.id, row.generation, row.refreshVersion];
}
