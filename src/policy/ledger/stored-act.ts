import type { OutboundActKind } from '../../identity/index.js';
import type { Projection } from '../../database/index.js';
import type { PolicyReasonCode } from '../rules/policy-reasons.js';
import type { ActState } from '../acts/act-state.js';
import type { ActOutcome } from '../acts/act-performer.js';

/** An act's row, without what it says; see `ActTexts`. */
export interface StoredAct {
  id: string;
  tenantId: string;
  instanceId: string;
  kind: OutboundActKind;
  state: ActState;
  /** SHA-256, in hex. */
  contentDigest: string;
  /** What the policy said when it was made. */
  verdict: 'allow' | 'ask';
  /** Why it was held, in the policy's codes. */
  reasons: PolicyReasonCode[];
  /** How many. */
  recipients: number;
  /** Of what a person reads of it, sealed. */
  readingBytes: number;
  outcome: ActOutcome | null;
  mcpTokenId: string | null;
  /** For whom a client asked; null for an MCP token. */
  personId: string | null;
  clientId: string | null;
  /** As the client called itself; null when it did not. */
  clientName: string | null;
  /** That vouched for the client; null where none did. */
  clientHost: string | null;
  reservationId: string | null;
  /** Whether a process is at it. */
  leased: boolean;
  /** How long ago its request may have gone out last; null: it provably did not. */
  begunSecondsAgo: number | null;
  /** How long ago it was allowed, by the policy or a person: it did not go out before. */
  intendedSecondsAgo: number;
  /** Whether its time has passed: to be decided on, while it is held, or to be carried out. */
  overdue: boolean;
  createdAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  /** As `api-key:<id>`; null while no one has. */
  decidedBy: string | null;
  endedAt: Date | null;
}

export const storedAct: Projection<StoredAct> = {
  id: 'id',
  tenantId: 'tenant_id',
  instanceId: 'instance_id',
  kind: 'kind',
  state: 'state',
  contentDigest: 'content_digest',
  verdict: 'verdict',
  reasons: 'reasons',
  recipients: 'recipients',
  readingBytes: 'coalesce(octet_length(reading), 0)',
  outcome: 'result',
  mcpTokenId: 'mcp_token_id',
  personId: 'person_id',
  clientId: 'client_id',
  clientName: 'client_name',
  clientHost: 'client_host',
  reservationId: 'reservation_id',
  leased: 'coalesce(leased_until > evergrant_now(), false)',
  begunSecondsAgo: 'extract(epoch FROM evergrant_now() - begun_at)::float8',
  intendedSecondsAgo: 'extract(epoch FROM evergrant_now() - coalesce(decided_at, created_at))::float8',
  overdue: 'expires_at <= evergrant_now()',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  decidedAt: 'decided_at',
  decidedBy: 'decided_by',
  endedAt: 'ended_at',
};
