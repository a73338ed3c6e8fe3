import { createHash, createHmac } from 'node:crypto';
import { canonicalJson, type JsonObject } from './canonical-json.js';

/** Before the first event of a chain. */
export const genesisHash = '0'.repeat(64);

/** All of an event that its hash covers. */
export interface ChainedRecord {
  tenantId: string;
  /** From 1 on, without a gap. */
  sequence: number;
  /** When its transaction began, ISO 8601 in UTC with milliseconds. */
  at: string;
  event: string;
  actor: JsonObject;
  subject: JsonObject | null;
  instanceId: string | null;
  details: JsonObject;
  /** Of the event before it. */
  previousHash: string;
}

/** An event as it is kept and exported. */
export interface AuditEntry extends ChainedRecord {
  hash: string;
  seal: string;
}

/** SHA-256, in hex, over the record in canonical JSON with a member `version` of 1: all can compute it anew. */
export function hashOf(record: ChainedRecord): string {
  const { tenantId, sequence, at, event, actor, subject, instanceId, details, previousHash } = record;
  const hashed = { tenantId, sequence, at, event, actor, subject, instanceId, details, previousHash };
  return createHash('sha256')
    .update(canonicalJson({ version: 1, ...hashed }))
    .digest('hex');
}

/**
 * HMAC-SHA-256, in base64url, over a hash, under a key that is in no plain text in the database: who can write its
 * tables and lacks `ENCRYPTION_KEYS` can compute hashes anew, and not these.
 */
export function sealOf(key: Buffer, hash: string): string {
  return createHmac('sha256', key).update(hash).digest('base64url');
}

/** The same over the place up to which a chain was pruned; the seal of an event says nothing of that. */
export function pruningSeal(key: Buffer, tenantId: string, sequence: number, hash: string): string {
  return createHmac('sha256', key)
    .update(canonicalJson(['pruned', tenantId, sequence, hash]))
    .digest('base64url');
}
