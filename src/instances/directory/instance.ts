import { heldSuspect, type OAuthStatus, type Verdict } from '../../credentials/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { selectList, type Projection } from '../../database/index.js';
import { errorTable, type ErrorCode } from '../../errors/index.js';

/** An instance with what its credential tells. */
export interface Instance {
  id: string;
  tenantId: string;
  name: string;
  externalId: string | null;
  loginHint: string | null;
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
  errorCode: ErrorCode | null;
  /** What is believed of its grant; null without one. */
  verdict: Verdict | null;
  /** That is doubted, so that nothing follows from it. */
  held: boolean | null;
  createdAt: Date;
  updatedAt: Date;
}

/** An instance as it is read, before {@link toInstance}. */
export interface InstanceRow extends Omit<Instance, 'requiresReauth' | 'errorCode'> {
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
  credentialErrorCode: 'c.error_code',
  createdAt: 'i.created_at',
  updatedAt: 'i.updated_at',
  position: 'i.created_at::text',
};

/** Selects {@link InstanceRow}s; continue it with WHERE. */
export const instanceQuery = `SELECT ${selectList(instanceRow)} FROM ${instancesWithCredentials}`;

export function toInstance({ credentialErrorCode, position, ...row }: InstanceRow): Instance {
  const errorCode = row.held
    ? 'SERVICE_UNAVAILABLE'
    : instanceError(row.oauthStatus, row.verdict, credentialErrorCode);
  return { ...row, errorCode, requiresReauth: errorCode !== null && errorTable[errorCode].requiresReauth };
}

/** Never connected, a dead grant, or what the last refresh met; only the first two ask for a person by themselves. */
function instanceError(
  oauthStatus: OAuthStatus,
  verdict: Verdict | null,
  credentialErrorCode: string | null,
): ErrorCode | null {
  if (verdict === 'suspect' || verdict === 'failed' || oauthStatus === 'failed')
    return 'INVALID_REFRESH_TOKEN';
  if (oauthStatus === 'pending') return 'OAUTH_FLOW_REQUIRED';
  return isErrorCode(credentialErrorCode) ? credentialErrorCode : null;
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(errorTable, code);
}
