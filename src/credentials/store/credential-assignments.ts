/** Parts of the SET list of an UPDATE of mcp_credentials. */

/** No attempt is open: its outcome is recorded, or its refresh token is gone. */
const closesAttempt = 'attempt_id = NULL, attempt_started_at = NULL';

/** The provider has just handed out tokens: whatever was held against the grant is over. */
export const provesAlive = `oauth_status = 'completed', verdict = 'active', verdict_at = NULL, suspected_at = NULL,
  error_code = NULL, error_reason = NULL, consecutive_failures = 0, last_failed_at = NULL, ${closesAttempt}`;

/** The tokens are destroyed, and nothing is left to refresh. */
export const destroysTokens = `access_token = NULL, refresh_token = NULL, token_expires_at = NULL,
  next_refresh_at = NULL, ${closesAttempt}`;
