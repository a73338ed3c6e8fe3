import { heldSuspect, type OAuthStatus, type Verdict } from '../../credentials/index.js';
import type { ProviderName } from '../../oauth/index.js';
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
  /** What consent asks for. */
  scopes: string[];
  /** What consent granted. */
  grantedScopes: string[];
  tokenExpiresAt: Date | null;
  oauthCompletedAt: Date | null;
  lastRefreshedAt: Date | null;
  requiresReauth: boolean;
  errorCode: ErrorCode | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A row of {@link instanceQuery}. */
export interface InstanceRow extends Omit<Instance, 'requiresReauth' | 'errorCode'> {
  verdict: Verdict | null;
  held: boolean | null;
  credentialErrorCode: string | null;
  position: string;
}

/** Selects {@link InstanceRow}s; continue it with WHERE. */
export const instanceQuery = `
  SELECT i.id, i.tenant_id AS "tenantId", i.name, i.external_id AS "externalId", i.login_hint AS "loginHint",
         i.provider, i.oauth_client_id AS "oauthClientId", i.credential_id AS "credentialId", i.scopes,
         i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.created_at::text AS position,
         c.subject, c.email, coalesce(c.oauth_status, 'pending') AS "oauthStatus",
         coalesce(c.scopes, '{}') AS "grantedScopes", c.token_expires_at AS "tokenExpiresAt",
         c.oauth_completed_at AS "oauthCompletedAt", c.last_refreshed_at AS "lastRefreshedAt",
         c.verdict, ${heldSuspect} AS held, c.error_code AS "credentialErrorCode"
  FROM mcp_instances i LEFT JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id`;

export function toInstance({ verdict, held, credentialErrorCode, position, ...row }: InstanceRow): Instance {
  const errorCode = held
    ? 'SERVICE_UNAVAILABLE'
    : instanceError(row.oauthStatus, verdict, credentialErrorCode);
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
