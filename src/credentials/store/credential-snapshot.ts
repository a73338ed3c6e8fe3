import type { ErrorCode } from '../../errors/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { heldSuspect } from './credential-predicates.js';
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
  /** Suspect, and one of so many at once that nobody is to be asked to sign in for it. */
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
  /** All transactions with a lower id had ended when it was read, and are in it. */
  readBelow: string;
  /** Its use of an hour ago or more is the last one recorded. */
  useUnrecorded: boolean;
}

// Often enough to tell what is idle, and rarely enough to cost nothing.
export const useUnrecorded = "coalesce(last_used_at <= evergrant_now() - interval '1 hour', true)";

/** In SQL, what a {@link CredentialSnapshot} holds of a credential `c` and its OAuth client `o`. */
export const snapshotColumns = `c.id, c.tenant_id AS "tenantId", c.oauth_client_id AS "oauthClientId",
  json_build_object('tenantId', o.tenant_id, 'clientId', o.client_id, 'sealedSecret', o.client_secret) AS client,
  c.provider, c.scopes, c.access_token AS "sealedAccessToken", c.refresh_token AS "sealedRefreshToken",
  c.token_expires_at AS "tokenExpiresAt",
  extract(epoch FROM c.token_expires_at - evergrant_now())::float8 AS "remainingSeconds",
  extract(epoch FROM evergrant_now() - c.last_refreshed_at)::float8 AS "refreshedSecondsAgo",
  c.oauth_status AS "oauthStatus", c.verdict,
  extract(epoch FROM evergrant_now() - c.verdict_at)::float8 AS "verdictSecondsAgo",
  ${heldSuspect} AS held,
  EXISTS (SELECT FROM verdict_holds h WHERE h.oauth_client_id = c.oauth_client_id) AS "clientOnHold",
  (SELECT extract(epoch FROM g.closed_until - evergrant_now())::float8 FROM refresh_gates g
   WHERE g.oauth_client_id = c.oauth_client_id) AS "gateOpensInSeconds",
  c.error_code AS "errorCode", c.error_reason AS "errorReason", c.rotation_observed AS "rotationObserved",
  c.consecutive_failures AS "consecutiveFailures",
  extract(epoch FROM evergrant_now() - c.last_failed_at)::float8 AS "failedSecondsAgo",
  extract(epoch FROM evergrant_now() - c.attempt_started_at)::float8 AS "attemptSecondsAgo",
  c.generation, c.refresh_version AS "refreshVersion", ${useUnrecorded} AS "useUnrecorded",
  pg_snapshot_xmin(pg_current_snapshot())::text AS "readBelow"`;
