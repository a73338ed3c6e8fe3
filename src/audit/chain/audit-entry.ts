import type { Projection } from '../../database/index.js';
import { instantOf } from './audit-chain.js';
import type { AuditEntry } from './chain-link.js';

/** An event as it was hashed; a double holds every sequence that a chain can reach. */
export const auditEntry: Projection<AuditEntry> = {
  tenantId: 'tenant_id',
  sequence: 'sequence::float8',
  at: instantOf('at'),
  event: 'event',
  actor: 'actor',
  subject: 'subject',
  instanceId: 'instance_id',
  details: 'details',
  previousHash: 'previous_hash',
  hash: 'hash',
  seal: 'seal',
};
