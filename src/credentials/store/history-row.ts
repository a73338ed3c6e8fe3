/** What a row of the history tells beside whose it is, as SQL expressions over the rows it is made from. */
export interface HistoryRow {
  event: string;
  outcome: string;
  trigger?: string;
  path?: string;
  error_code?: string;
  reason?: string;
  attempt_id?: string;
  access_token_fingerprint?: string;
  refresh_token_fingerprint?: string;
  token_expires_at?: string;
  duration_ms?: string;
  service_failed?: string;
}

/**
 * In SQL, adds a row to the history for each row of `source`, which has the credential's `tenant_id`, `id`,
 * `generation` and `refresh_version`. It goes into the statement that makes the change.
 */
export function addHistory(source: string, row: HistoryRow): string {
  return `INSERT INTO credential_events
      (tenant_id, credential_id, generation, refresh_version, ${Object.keys(row).join(', ')})
    SELECT tenant_id, id, generation, refresh_version, ${Object.values(row).join(', ')} FROM ${source}`;
}
