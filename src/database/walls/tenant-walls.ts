/** As which the requests of tenants are run. */
export const tenantRole = 'evergrant_tenant';

/** What stands between tenants in one table. */
export interface TenantWall {
  /** The rows that a tenant's request sees and takes; in the form in which PostgreSQL prints it. */
  rows: string;
  /** What it may do with them, as in `GRANT … ON`; a column each where it may not see all. */
  privileges: readonly string[];
}

const ownRows = '(tenant_id = evergrant_tenant_id())';

/**
 * The walls that the migrations build, said once more as a whole: neither `pg_dump` without the role nor a restore
 * without it brings them along. A test compares them with a migrated schema.
 */
export const tenantWalls: Readonly<Record<string, TenantWall>> = {
  tenants: { rows: '(id = evergrant_tenant_id())', privileges: ['SELECT'] },
  api_keys: {
    rows: ownRows,
    privileges: selectOf('id tenant_id name prefix rights created_at expires_at last_used_at'),
  },
  console_sessions: { rows: ownRows, privileges: [] },
  connect_sessions: { rows: ownRows, privileges: [] },
  owner_sessions: { rows: ownRows, privileges: [] },
  owner_sign_ins: { rows: ownRows, privileges: [] },
  sign_in_records: { rows: ownRows, privileges: [] },
  oauth_clients: { rows: ownRows, privileges: selectOf('id tenant_id provider client_id') },
  mcp_credentials: {
    rows: ownRows,
    privileges: selectOf(
      'id tenant_id oauth_client_id provider subject email scopes token_expires_at refresh_token_expires_at ' +
        'last_refreshed_at oauth_status oauth_completed_at verdict verdict_at error_code error_reason generation ' +
        'refresh_version created_at updated_at suspected_at lease_expires_at',
    ),
  },
  credential_events: { rows: ownRows, privileges: ['SELECT'] },
  refresh_figures: { rows: ownRows, privileges: [] },
  mcp_instances: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  mcp_tokens: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  oauth_flows: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  attachment_uploads: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  attachment_upload_pieces: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'DELETE'] },
  outbound_acts: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE'] },
  read_fingerprints: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  mailbox_watches: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  mailbox_changes: { rows: ownRows, privileges: ['SELECT', 'INSERT'] },
  send_reservations: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'DELETE'] },
  people: { rows: ownRows, privileges: ['SELECT', 'DELETE'] },
  person_mailboxes: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'DELETE'] },
  person_authorizations: {
    rows: ownRows,
    privileges: [
      ...['SELECT', 'INSERT', 'DELETE'],
      ...['client_name', 'scopes', 'instance_ids', 'updated_at'].map((column) => `UPDATE (${column})`),
    ],
  },
  person_tokens: { rows: ownRows, privileges: [] },
  person_sessions: { rows: ownRows, privileges: [] },
  person_sign_ins: { rows: ownRows, privileges: [] },
  person_widenings: { rows: ownRows, privileges: [] },
  webhooks: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  webhook_streams: {
    rows: ownRows,
    privileges: [...selectOf('instance_id tenant_id'), 'UPDATE (ordinal)'],
  },
  webhook_events: { rows: ownRows, privileges: ['SELECT', 'INSERT'] },
  webhook_deliveries: { rows: ownRows, privileges: ['SELECT', 'INSERT', 'UPDATE'] },
  audit_events: { rows: ownRows, privileges: ['SELECT', 'INSERT'] },
  audit_heads: {
    rows: ownRows,
    privileges: ['SELECT', 'INSERT (tenant_id)', 'UPDATE (sequence)', 'UPDATE (hash)'],
  },
  verdict_holds: {
    rows: '((tenant_id IS NULL) OR (tenant_id = evergrant_tenant_id()))',
    privileges: selectOf('oauth_client_id tenant_id'),
  },
};

function selectOf(columns: string): string[] {
  return columns.split(' ').map((column) => `SELECT (${column})`);
}
