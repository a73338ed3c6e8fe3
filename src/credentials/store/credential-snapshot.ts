import { selectList, type Projection } from '../../database/index.js';
import type { ErrorCode } from '../../errors/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { heldSuspect, useUnrecorded } from './credential-predicates.js';
import type { OAuthStatus, Verdict } from './credential.entity.js';

/** A credential as the database holds it, its tokens still sealed. Ages and lives are the database clock's. */
export interface CredentialSnapshot {
  id: string;
  tenantId: string;
  oauthClientId: string;
  /** The OAuth client; the secret of a tenant's is sealed, the deployment's is in the environment. */
  client: { tenantId: string | null; clientId: string; sealedSecret: string | null };
  provider: ProviderName;
  scopes: string[];
  sealedAccessToken: string | null;
  sealedRefreshToken: string | null;
  tokenExpiresAt: Date | null;
  /** Life left to the access token in seconds, negative once it expired; null without a token. */
  remainingSeconds: number | null;
  /** Seconds since the access token was obtained; null when it never was. */
  refreshedSecondsAgo: number | null;
  oauthStatus: OAuthStatus;
  verdict: Verdict;
  verdictSecondsAgo: number | null;
  /** Suspect, and one of so many at once that its user is not to be asked to sign in. */
  held: boolean;
  /** A hold stands over suspects of its OAuth client, whether over this one or not. */
  clientOnHold: boolean;
  /** Until the provider may be asked again for any grant of the OAuth client; null or past when it may. */
  gateOpensInSeconds: number | null;
  errorCode: ErrorCode | null;
  errorReason: string | null;
  /** The provider has answered with a new refresh token before: this one may be single-use. */
  rotationObserved: boolean;
  consecutiveFailures: number;
  failedSecondsAgo: number | null;
  /** Since the attempt began that is open; null when there is none. */
  attemptSecondsAgo: number | null;
  generation: number;
  refreshVersion: number;
  /** The snapshot it was read in: what that sees is in it. */
  readIn: string;
  /** Its use of an hour ago or more is the last one recorded. */
  useUnrecorded: boolean;
}

/** What a {@link CredentialSnapshot} holds of a credential `c` and its OAuth client `o`. */
export const credentialSnapshot: Projection<CredentialSnapshot> = {
  id: 'c.id',
  tenantId: 'c.tenant_id',
  oauthClientId: 'c.oauth_client_id',
  client: `json_build_object('tenantId', o.tenant_id, 'clientId', o.client_id, 'sealedSecret', o.client_secret)`,
  provider: 'c.provider',
  scopes: 'c.scopes',
  sealedAccessToken: 'c.access_token',
  sealedRefreshToken: 'c.refresh_token',
  tokenExpiresAt: 'c.token_expires_at',
  remainingSeconds: secondsFrom('evergrant_now()', 'c.token_expires_at'),
  refreshedSecondsAgo: secondsFrom('c.last_refreshed_at', 'evergrant_now()'),
  oauthStatus: 'c.oauth_status',
  verdict: 'c.verdict',
  verdictSecondsAgo: secondsFrom('c.verdict_at', 'evergrant_now()'),
  held: heldSuspect,
  clientOnHold: 'EXISTS (SELECT FROM verdict_holds h WHERE h.oauth_client_id = c.oauth_client_id)',
  gateOpensInSeconds: `(SELECT ${secondsFrom('evergrant_now()', 'g.closed_until')} FROM refresh_gates g
    WHERE g.oauth_client_id = c.oauth_client_id)`,
  errorCode: 'c.error_code',
  errorReason: 'c.error_reason',
  rotationObserved: 'c.rotation_observed',
  consecutiveFailures: 'c.consecutive_failures',
  failedSecondsAgo: secondsFrom('c.last_failed_at', 'evergrant_now()'),
  attemptSecondsAgo: secondsFrom('c.attempt_started_at', 'evergrant_now()'),
  generation: 'c.generation',
  refreshVersion: 'c.refresh_version',
  useUnrecorded,
  readIn: 'pg_current_snapshot()::text',
};

/** Credentials `c`, each with its OAuth client `o`. */
export const credentialsWithClients = 'mcp_credentials c JOIN oauth_clients o ON o.id = c.oauth_client_id';

/** Selects {@link CredentialSnapshot}s; continue it with WHERE. */
export const snapshotQuery = `SELECT ${selectList(credentialSnapshot)} FROM ${credentialsWithClients}`;

function secondsFrom(earlier: string, later: string): string {
  return `extract(epoch FROM ${later} - ${earlier})::float8`;
}
