import { heldSuspect, leaseIsFree } from '../../credentials/index.js';
import { troubleByCode, type InstanceState } from './instance-state.js';
import { reasonByCode, type ReauthReason } from './reauth-reason.js';

/** Conditions in SQL on instances `i` with their credentials `c`. */

/** What a credential may have as its `error_code` when a person has to sign in. */
const reauthCodes = quoted(Object.keys(reasonByCode));

/** `requiresReauth` of an instance. */
export const requiresReauth = `(i.credential_id IS NULL OR NOT ${heldSuspect} AND (
  c.oauth_status <> 'completed' OR c.verdict <> 'active' OR coalesce(c.error_code, '') IN (${reauthCodes})))`;

/**
 * The only instances that this can hold for, found without a look at all others of the tenant (`$1`): those without a
 * credential, and those with one that is in trouble.
 */
export const mayRequireReauth = `i.id IN (${unconnectedOrInTrouble()})`;

/**
 * The state of an instance, as `instanceState` says it. The parameter holds the ids of OAuth clients that are not
 * configured any more.
 */
export function stateOf(absentClients: string): string {
  return `CASE
    WHEN i.credential_id IS NULL THEN 'not_connected'
    WHEN ${heldSuspect} THEN 'held'
    WHEN c.verdict <> 'active' OR c.oauth_status = 'failed' THEN 'needs_sign_in'
    WHEN c.oauth_status = 'pending' OR c.error_code IN (${codesThatAsk('not_connected')}) THEN 'not_connected'
    WHEN c.error_code IN (${reauthCodes}) THEN 'needs_sign_in'
    WHEN c.oauth_client_id = ANY(${absentClients}::uuid[]) OR c.error_code IN (${codesOf('blocked')}) THEN 'blocked'
    WHEN c.error_code IN (${codesOf('degraded')}) THEN 'degraded'
    WHEN NOT ${leaseIsFree} THEN 'refreshing'
    ELSE 'connected' END`;
}

/**
 * That an instance of the tenant (`$1`) is in the state. Trouble is found without a look at those that are well. A
 * refresh under way is looked for among all: an index over leases would have to be written with every one of them.
 */
export function inState(state: InstanceState, absentClients: string): string {
  const exactly = `${stateOf(absentClients)} = '${state}'`;
  if (state === 'connected' || state === 'refreshing') return exactly;
  const ofAbsentClients =
    state === 'blocked'
      ? `UNION ALL SELECT t.id FROM mcp_credentials k
           JOIN mcp_instances t ON t.tenant_id = k.tenant_id AND t.credential_id = k.id
         WHERE k.tenant_id = $1 AND k.oauth_client_id = ANY(${absentClients}::uuid[])`
      : '';
  return `i.id IN (${unconnectedOrInTrouble()} ${ofAbsentClients}) AND ${exactly}`;
}

function unconnectedOrInTrouble(): string {
  return `
  SELECT id FROM mcp_instances WHERE tenant_id = $1 AND credential_id IS NULL
  UNION ALL
  SELECT t.id FROM mcp_credentials k JOIN mcp_instances t ON t.tenant_id = k.tenant_id AND t.credential_id = k.id
  WHERE k.tenant_id = $1 AND (k.oauth_status <> 'completed' OR k.verdict <> 'active' OR k.error_code IS NOT NULL)`;
}

function codesThatAsk(reason: ReauthReason): string {
  return quoted(Object.entries(reasonByCode).flatMap(([code, each]) => (each === reason ? code : [])));
}

function codesOf(trouble: 'blocked' | 'degraded'): string {
  return quoted(Object.entries(troubleByCode).flatMap(([code, each]) => (each === trouble ? code : [])));
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
