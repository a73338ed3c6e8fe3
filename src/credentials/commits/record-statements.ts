import { closeGate } from '../schedule/refresh-gate.js';
import { provesAlive } from '../store/credential-assignments.js';
import { isUnchanged } from '../store/credential-predicates.js';
import { addHistory } from '../store/history-row.js';

const answers = `json_to_recordset($1::json) AS a("credentialId" uuid, generation integer, "refreshVersion" integer,
  "leaseOwner" text, "attemptId" uuid, trigger text, path text, "durationMs" integer, "serviceFailed" boolean,
  "accessToken" text, "refreshToken" text, "accessTokenFingerprint" text, "refreshTokenFingerprint" text, "expiresInSeconds" float8,
  "refreshTokenExpiresInSeconds" float8, "nextRefreshInSeconds" float8, "ageSeconds" float8)`;

/** Stores the tokens of many refreshes. $1: an array of sealed refreshes, as JSON, each with its age. */
export const tokensStatement = `
  WITH answers AS (SELECT *, evergrant_now() - make_interval(secs => "ageSeconds") AS answered_at FROM ${answers}),
  committed AS (
    UPDATE mcp_credentials AS c SET
      access_token = a."accessToken",
      refresh_token = coalesce(a."refreshToken", c.refresh_token),
      refresh_version = c.refresh_version + CASE WHEN a."refreshToken" IS NULL THEN 0 ELSE 1 END,
      rotation_observed = c.rotation_observed OR a."refreshToken" IS NOT NULL,
      token_expires_at = a.answered_at + make_interval(secs => a."expiresInSeconds"),
      refresh_token_expires_at = coalesce(
        a.answered_at + make_interval(secs => a."refreshTokenExpiresInSeconds"), c.refresh_token_expires_at),
      next_refresh_at = a.answered_at + make_interval(secs => a."nextRefreshInSeconds"),
      last_refreshed_at = a.answered_at, ${provesAlive},
      ${givesBackLease('a."leaseOwner"')}, updated_at = evergrant_now()
    FROM answers a
    WHERE c.id = a."credentialId" AND c.generation = a.generation AND c.refresh_version = a."refreshVersion"
      -- An answer that waited is not put over a later one, unless it rotated.
      AND (a."refreshToken" IS NOT NULL OR c.last_refreshed_at IS NULL OR c.last_refreshed_at <= a.answered_at)
    RETURNING c.tenant_id, c.id, c.generation, c.refresh_version, c.token_expires_at, a.trigger, a.path,
      a."attemptId", a."ageSeconds", a."accessTokenFingerprint", a."refreshTokenFingerprint", a."durationMs",
      a."serviceFailed"
  ), history AS (
    ${addHistory('committed', {
      event: `'refresh'`,
      trigger: 'trigger',
      outcome: `'refreshed'`,
      path: 'path',
      reason: `CASE WHEN "ageSeconds" > 0 THEN 'replayed' END`,
      attempt_id: '"attemptId"',
      access_token_fingerprint: '"accessTokenFingerprint"',
      refresh_token_fingerprint: '"refreshTokenFingerprint"',
      token_expires_at: 'token_expires_at',
      duration_ms: '"durationMs"',
      service_failed: '"serviceFailed"',
    })}
  )
  SELECT id, token_expires_at AS "expiresAt", pg_current_xact_id()::text AS "transactionId",
    pg_current_snapshot()::text AS "readIn" FROM committed`;

/**
 * Records a refresh that brought nothing. $1 to $3: the row's version; $4: the lease's owner; $5: the error's code;
 * $6: its reason; $7: the outcome; $8: the trigger; $9: the path; $10: the attempt; $11: its duration in milliseconds;
 * $12: for how many seconds the provider asked to be left alone, or null; $13: whether the OAuth service failed.
 */
export const failureStatement = `
  WITH committed AS (
    UPDATE mcp_credentials AS c SET
      error_code = $5, error_reason = $6,
      consecutive_failures = c.consecutive_failures + 1, last_failed_at = evergrant_now(),
      attempt_id = CASE WHEN $7 = 'unknown' THEN c.attempt_id END,
      attempt_started_at = CASE WHEN $7 = 'unknown' THEN c.attempt_started_at END,
      ${givesBackLease('$4')}, updated_at = evergrant_now()
    WHERE ${isUnchanged}
    RETURNING c.tenant_id, c.id, c.generation, c.refresh_version, c.oauth_client_id
  ), gate AS (
    ${closeGate('$12')}
  ), history AS (
    ${addHistory('committed', {
      event: `'refresh'`,
      trigger: '$8',
      outcome: '$7',
      path: '$9',
      error_code: '$5',
      reason: '$6',
      attempt_id: '$10',
      duration_ms: '$11',
      service_failed: '$13::boolean',
    })}
  )
  SELECT id FROM committed`;

/** The lease goes with the record, but only our own: a process that took it over keeps it. */
function givesBackLease(owner: string): string {
  return `lease_expires_at = CASE WHEN c.lease_owner = ${owner} THEN NULL ELSE c.lease_expires_at END,
      lease_owner = CASE WHEN c.lease_owner = ${owner} THEN NULL ELSE c.lease_owner END`;
}
