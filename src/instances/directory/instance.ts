import {
  clientNotConfigured,
  heldSuspect,
  leaseIsFree,
  type OAuthStatus,
  type Verdict,
} from '../../credentials/index.js';
import type { OutboundPolicy } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { selectList, type Projection } from '../../database/index.js';
import { errorTable, type ErrorCode } from '../../errors/index.js';
import { instanceState, servesOn, type InstanceState } from './instance-state.js';
import { isReauthCode, reauthReasonOf, type ReauthReason } from './reauth-reason.js';
import { stateReason } from './state-reason.js';
import type { Toolset } from './toolsets.js';

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
  state: InstanceState;
  /** Why it is in that state, as a machine reads it. */
  stateReason: string | null;
  /** In trouble, until when the access token that it has still serves; null when none does, or nothing is wrong. */
  servesUntil: Date | null;
  /** How many instances use its grant, itself included; 0 without one. */
  sharedBy: number;
  createdAt: Date;
  updatedAt: Date;
}

type Derived = Pick<
  Instance,
  'requiresReauth' | 'reauthReason' | 'errorCode' | 'errorMessage' | 'state' | 'stateReason' | 'servesUntil'
>;

/** An instance as it is read, before {@link toInstance}. */
export interface InstanceRow extends Omit<Instance, keyof Derived> {
  /** The OAuth client that its grant was given to. */
  credentialClientId: string | null;
  credentialErrorCode: string | null;
  credentialErrorReason: string | null;
  /** Some process has the right to refresh its grant at present. */
  leased: boolean;
  /** The end of the life that its access token has left. */
  livesUntil: Date | null;
  /** The provider had said beforehand that it would end the grant by the time at which it was found dead. */
  hasExpired: boolean;
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
  credentialErrorReason: 'c.error_reason',
  leased: `coalesce(NOT ${leaseIsFree}, false)`,
  livesUntil: 'CASE WHEN c.token_expires_at > evergrant_now() THEN c.token_expires_at END',
  hasExpired: 'coalesce(c.refresh_token_expires_at <= coalesce(c.verdict_at, evergrant_now()), false)',
  sharedBy: `(SELECT count(*)::int FROM mcp_instances s
    WHERE s.tenant_id = i.tenant_id AND s.credential_id = i.credential_id)`,
  createdAt: 'i.created_at',
  updatedAt: 'i.updated_at',
  position: 'i.created_at::text',
};

/** Selects {@link InstanceRow}s; continue it with WHERE. */
export const instanceQuery = `SELECT ${selectList(instanceRow)} FROM ${instancesWithCredentials}`;

/** @param absentClients the deployment's OAuth clients that are not configured any more, by the ids of their rows */
export function toInstance(row: InstanceRow, absentClients: ReadonlySet<string>): Instance {
  const { credentialErrorCode, credentialErrorReason, credentialClientId, ...told } = row;
  const { leased, livesUntil, hasExpired, position, ...fields } = told;
  const isClientAbsent = credentialClientId !== null && absentClients.has(credentialClientId);
  const errorCode = instanceError(row, isClientAbsent, credentialErrorCode);
  const reauthReason = reauthReasonOf(errorCode, row.verdict);
  const state = instanceState({ reauthReason, held: row.held, errorCode, leased });
  return {
    ...fields,
    errorCode,
    errorMessage: errorCode === 'DEPLOYMENT_CLIENT_REJECTED' && isClientAbsent ? clientNotConfigured : null,
    reauthReason,
    requiresReauth: reauthReason !== null,
    state,
    stateReason: stateReason({
      ...{ state, reauthReason, errorCode },
      ...{ credentialErrorReason, isClientAbsent, hasExpired },
    }),
    servesUntil: servesOn(state) ? livesUntil : null,
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
  const met = isErrorCode(credentialErrorCode) ? credentialErrorCode : null;
  // What only a person can mend stands whatever the client is: signing in mends that as well.
  return isClientAbsent && !(met !== null && isReauthCode(met)) ? 'DEPLOYMENT_CLIENT_REJECTED' : met;
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(errorTable, code);
}
