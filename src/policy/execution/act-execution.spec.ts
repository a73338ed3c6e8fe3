import { describe, expect, it } from '@jest/globals';
import type { ActOutcome, ActPerformer } from '../acts/act-performer.js';
import type { OutboundRules } from '../acts/outbound-rules.js';
import { ActBytes } from '../ledger/act-bytes.js';
import type { ActLeases } from '../ledger/act-leases.js';
import type { ActTexts } from '../ledger/act-texts.js';
import type { StoredAct } from '../ledger/stored-act.js';
import { ActExecution } from './act-execution.js';

const sealedBytes = 65 * 1024 * 1024;
const done: ActOutcome = { status: 'done', id: 'm', threadId: 't', labelIds: ['SENT'] };

/** An execution of large acts, of which each goes on until it is told to end. */
function executionOf(bytes: ActBytes) {
  const claimed: string[] = [];
  const waiting: (() => void)[] = [];
  const act = { verdict: 'ask', begunSecondsAgo: null, overdue: false } as StoredAct;
  const leases = {
    textBytes: async () => sealedBytes,
    claim: async (tenantId: string, id: string) => {
      claimed.push(id);
      return { act: { ...act, id, tenantId }, leaseId: 'lease' };
    },
    begin: async () => 'begun',
    settle: async () => null,
  };
  const texts = {
    request: async () => ({ method: 'one_click', url: 'https://list.example' }),
    reading: async () => ({ act: {}, reasons: [], found: {} }),
  };
  const rules = { decideAgain: async () => ({ decision: { verdict: 'allow' }, dryRun: false }) };
  const performer = {
    perform: () => new Promise<ActOutcome>((resolve) => waiting.push(() => resolve(done))),
  };
  const execution = new ActExecution(
    leases as unknown as ActLeases,
    texts as unknown as ActTexts,
    rules as unknown as OutboundRules,
    performer as unknown as ActPerformer,
    bytes,
  );
  return { execution, claimed, waiting };
}

describe('the largest acts that are due at once', () => {
  it('are carried out one after the other, and those without room are left to be taken later', async () => {
    const bytes = new ActBytes();
    const { execution, claimed, waiting } = executionOf(bytes);
    const first = execution.takeOver('tenant', 'one');
    expect(await execution.takeOver('tenant', 'two')).toBeNull();
    expect(await execution.takeOver('another', 'three')).toBeNull();
    while (waiting.length === 0) await new Promise(setImmediate);
    expect(claimed).toEqual(['one']);
    expect(bytes.total).toBeLessThanOrEqual(384 * 1024 * 1024);
    waiting.pop()!();
    expect(await first).toEqual(done);
    expect(bytes.total).toBe(0);
    const second = execution.takeOver('tenant', 'two');
    while (waiting.length === 0) await new Promise(setImmediate);
    waiting.pop()!();
    expect(await second).toEqual(done);
  });
});
