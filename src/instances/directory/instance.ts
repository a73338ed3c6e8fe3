import { clientNotConfigured, heldSuspect, type OAuthStatus, type Verdict } from '../../credentials/index.js';
import type { OutboundPolicy } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { selectList, type Projection } from '../../database/index.js';
import { errorTable, type ErrorCode } from '../../errors/index.js';
import type { Toolset } from './toolsets.js';

/** Why a person has to sign in. */
export const reauthReasons = [
  'not_connected',
  'refusal_unconfirmed',
  'grant_ended',
  'client_rejected',
  'scope_missing',
] as const;
export type ReauthReason = (typeof reauthReasons)[number];

/** An instance with what its credential tells. */
export interface Instance {
  id: string;
  tenantId: string;
  name: string;
  externalId: string | null;
  loginHint: string | null;
  /** Stands before the names of its tools, with an underscore between; null for none. */
  toolPrefix: string | null;
  /** Whose tools it has. */
  toolsets: Toolset[];
  /** It has no tool that writes, whatever was granted. */
  readOnly: boolean;
  /** What may leave its mailbox, where that differs from its tenant's policy. */
  policy: OutboundPolicy | null;
  /** Whose accounts it connects to. */
  provider: ProviderName;
  oauthClientId: string | null;
  credentialId: string | null;
  /** The Google account's stable id, once connected. */
  subject: string | null;
  email: string | null;
  oauthStatus: OAuthStatus;
  /** What it may do at most, whatever was granted, and what consent asks for. */
  scopes: string[];
  /** What consent granted. */
  grantedScopes: string[];
  tokenExpiresAt: Date | null;
  /** When the provider ends its grant by itself; null when it does not say so. */
  grantExpiresAt: Date | null;
  oauthCompletedAt: Date | null;
  lastRefreshedAt: Date | null;
  requiresReauth: boolean;
  /** Null where no person has to sign in. */
  reauthReason: ReauthReason | null;
  errorCode: ErrorCode | null;
  /** Why it does not work and who is to do what, where the code alone does not say it. */
  errorMessage: string | null;
  /** What is believed of its grant; null without one. */
  verdict: Verdict | null;
  /** That is doubted, so that nothing follows from it. */
  held: boolean | null;
  createdAt: Date;
  updatedAt: Date;
}

/** An instance as it is read, before {@link toInstance}. */
export interface InstanceRow extends Omit<
  Instance,
  'requiresReauth' | 'reauthReason' | 'errorCode' | 'errorMessage'
> {
  /** The OAuth client that its grant was given to. */
  credentialClientId: string | null;
  credentialErrorCode: string | null;
  position: string;
}

/** Instances `i`, each with its credential `c`, if it has one. */
export const instancesWithCredentials =
  'mcp_instances i LEFT JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id';

export const instanceRow: Projection<InstanceRow> = {
  id: 'i.id',
  tenantId: 'i.tenant_id',
  name: 'i.name',
  externalId: 'i.external_id',
  loginHint: 'i.login_hint',
  toolPrefix: 'i.tool_prefix',
  toolsets: 'i.toolsets',
  readOnly: 'i.read_only',
  policy: 'i.policy',
  provider: 'i.provider',
  oauthClientId: 'i.oauth_client_id',
  credentialId: 'i.credential_id',
  subject: 'c.subject',
  email: 'c.email',
  oauthStatus: "coalesce(c.oauth_status, 'pending')",
  scopes: 'i.scopes',
  grantedScopes: "coalesce(c.scopes, '{}')",
  tokenExpiresAt: 'c.token_expires_at',
  grantExpiresAt: "CASE WHEN c.oauth_status = 'completed' THEN c.refresh_token_expires_at END",
  oauthCompletedAt: 'c.oauth_completed_at',
  lastRefreshedAt: 'c.last_refreshed_at',
  verdict: 'c.verdict',
  held: heldSuspect,
  credentialClientId: 'c.oauth_client_id',
  credentialErrorCode: 'c.error_code',
  createdAt: 'i.created_at',
  updatedAt: 'i.updated_at',
  position: 'i.created_at::text',
};

/** Selects {@link InstanceRow}s; continue it with WHERE. */
export const instanceQuery = `SELECT ${selectList(instanceRow)} FROM ${instancesWithCredentials}`;

/** @param absentClients the deployment's OAuth clients that are not configured any more, by the ids of their rows */
export function toInstance(
  { credentialErrorCode, credentialClientId, position, ...row }: InstanceRow,
  absentClients: ReadonlySet<string>,
): Instance {
  const isClientAbsent = credentialClientId !== null && absentClients.has(credentialClientId);
  const errorCode = instanceError(row, isClientAbsent, credentialErrorCode);
  const reauthReason = errorCode === null ? null : reasonOf(errorCode, row.verdict);
  return {
    ...row,
    errorCode,
    errorMessage: errorCode === 'DEPLOYMENT_CLIENT_REJECTED' && isClientAbsent ? clientNotConfigured : null,
    reauthReason,
    requiresReauth: reauthReason !== null,
  };
}

function reasonOf(errorCode: ErrorCode, verdict: Verdict | null): ReauthReason | null {
  if (!isReauthCode(errorCode)) return null;
  const isUnconfirmed = errorCode === 'INVALID_REFRESH_TOKEN' && verdict === 'suspect';
  return isUnconfirmed ? 'refusal_unconfirmed' : reasonByCode[errorCode];
}

/** The codes that ask for a person: the compiler holds this to the error table. */
type ReauthCode = {
  [Code in ErrorCode]: (typeof errorTable)[Code]['requiresReauth'] extends true ? Code : never;
}[ErrorCode];

const reasonByCode = {
  OAUTH_FLOW_REQUIRED: 'not_connected',
  INVALID_REFRESH_TOKEN: 'grant_ended',
  INVALID_CLIENT: 'client_rejected',
  INSUFFICIENT_SCOPE: 'scope_missing',
} satisfies Record<ReauthCode, ReauthReason>;

function isReauthCode(code: ErrorCode): code is ReauthCode {
  return errorTable[code].requiresReauth;
}

/** What a credential `c` may have as its `error_code` when a person has to sign in. */
const reauthCodes = Object.keys(reasonByCode)
  .map((code) => `'${code}'`)
  .join(', ');

/** {@link Instance.requiresReauth} in SQL, of {@link instancesWithCredentials}. */
export const requiresReauth = `(i.credential_id IS NULL OR NOT ${heldSuspect} AND (
  c.oauth_status <> 'completed' OR c.verdict <> 'active' OR coalesce(c.error_code, '') IN (${reauthCodes})))`;

/**
 * The only instances that this can hold for, found without a look at all others of the tenant (`$1`): those without a
 * credential, and those with one that is in trouble.
 */
export const mayRequireReauth = `i.id IN (
  SELECT id FROM mcp_instances WHERE tenant_id = $1 AND credential_id IS NULL
  UNION ALL
  SELECT t.id FROM mcp_credentials k JOIN mcp_instances t ON t.tenant_id = k.tenant_id AND t.credential_id = k.id
  WHERE k.tenant_id = $1 AND (k.oauth_status <> 'completed' OR k.verdict <> 'active' OR k.error_code IS NOT NULL))`;

/**
 * Never connected, a dead grant, an OAuth client that is gone, or what the last refresh met; only the first two ask for
 * a person by themselves.
 */
function instanceError(
  { oauthStatus, verdict, held }: Pick<InstanceRow, 'oauthStatus' | 'verdict' | 'held'>,
  isClientAbsent: boolean,
  credentialErrorCode: string | null,
): ErrorCode | null {
  if (held) return 'SERVICE_UNAVAILABLE';
  if (verdict === 'suspect' || verdict === 'failed' || oauthStatus === 'failed')
    return 'INVALID_REFRESH_TOKEN';
  if (oauthStatus === 'pending') return 'OAUTH_FLOW_REQUIRED';
  const met = isErrorCode(credentialErrorCode) ? credentialErrorCode : null;
  // What only a person can mend stands whatever the client is: signing in mends that as well.
  return isClientAbsent && !(met !== null && isReauthCode(met)) ? 'DEPLOYMENT_CLIENT_REJECTED' : met;
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(errorTable, code);
}
