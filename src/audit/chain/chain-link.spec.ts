import { describe, expect, it } from '@jest/globals';
import { genesisHash, hashOf, pruningSeal, sealOf, type ChainedRecord } from './chain-link.js';
import { hashedRecipient, sealKey } from './chain-keys.js';

const auditKey = Buffer.alloc(32, 7);
const record: ChainedRecord = {
  tenantId: '00000000-0000-4000-8000-000000000001',
  sequence: 1,
  at: '2026-11-28T12:00:00.123Z',
  event: 'act.done',
  actor: { kind: 'mcp-token', id: '00000000-0000-4000-8000-000000000002' },
  subject: { kind: 'instance', id: '00000000-0000-4000-8000-000000000003' },
  instanceId: '00000000-0000-4000-8000-000000000003',
  details: { kind: 'send', recipients: ['änna@example.com'], reasons: [], approvalId: null },
  previousHash: genesisHash,
};

describe('a link of a chain', () => {
  it('has the hash and the seals that it had in every release: exports stay verifiable', () => {
    // Computed by Python's hashlib and hmac.
    const hash = hashOf(record);
    const key = sealKey(auditKey);
    expect({ hash, seal: sealOf(key, hash), pruning: pruningSeal(key, record.tenantId, 1, hash) }).toEqual({
      hash: '0dad96b85be05e7bd1122e027b41ef69f2d065638ba7373a3223beab6b1f7e98',
      seal: 'QETH0_EI7AdPaf1G-ELX_ZvnCzjEgTDzui9ZbBBac0Q',
      pruning: '78hraIpeBRaZiI1bhTtlrfPZe35N7vjJwbLki7jeZqo',
    });
  });

  it.each<Partial<ChainedRecord>>([
    { tenantId: 'other' },
    { sequence: 2 },
    { at: '2026-11-28T12:00:00.124Z' },
    { event: 'act.held' },
    { actor: { kind: 'server', id: null } },
    { subject: null },
    { instanceId: null },
    { details: {} },
    { previousHash: '1'.repeat(64) },
  ])('has another hash with %j', (other) => {
    expect(hashOf({ ...record, ...other })).not.toBe(hashOf(record));
  });
});

describe('a hashed recipient', () => {
  it('is the same for an address of one tenant, however it is written, and another for another tenant', () => {
    const hashed = hashedRecipient(auditKey, 'tenant', 'Anna@Example.com ');
    expect(hashed).toMatch(/^hmac:[\w-]{22}$/);
    expect(hashedRecipient(auditKey, 'tenant', 'anna@example.com')).toBe(hashed);
    expect(hashedRecipient(auditKey, 'other', 'anna@example.com')).not.toBe(hashed);
    expect(hashedRecipient(Buffer.alloc(32, 8), 'tenant', 'anna@example.com')).not.toBe(hashed);
  });
});
