import { clientNotConfigured, heldSuspect, type OAuthStatus, type Verdict } from '../../credentials/index.js';
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
export interface InstanceRow extends Omit<Instance, 'requiresReauth' | 'errorCode' | 'errorMessage'> {
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
  return {
    ...row,
    errorCode,
    errorMessage: errorCode === 'DEPLOYMENT_CLIENT_REJECTED' && isClientAbsent ? clientNotConfigured : null,
    requiresReauth: errorCode !== null && errorTable[errorCode].requiresReauth,
  };
}

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
  if (isClientAbsent) return 'DEPLOYMENT_CLIENT_REJECTED';
  return isErrorCode(credentialErrorCode) ? credentialErrorCode : null;
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(errorTable, code);
}
