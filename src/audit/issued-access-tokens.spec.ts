import { describe, expect, it } from '@jest/globals';
import type { Actor, AuditEvent } from './audit-event.js';
import { AuditTrail } from './audit-trail.js';
import { IssuedAccessTokens } from './issued-access-tokens.js';

const key: Actor = { kind: 'api-key', id: 'key', tenantId: 'tenant' };

function counting() {
  const events: AuditEvent[] = [];
  const issued = new IssuedAccessTokens(new AuditTrail([{ write: (event) => events.push(event) }]));
  return { issued, events };
}

describe('access tokens handed out', () => {
  it('are one event for each caller, with how often and for which instances', async () => {
    const { issued, events } = counting();
    for (const id of ['a', 'b', 'a']) issued.count(key, id);
    const operators = ['one', 'two'].map((tenantId): Actor => ({ kind: 'operator', id: null, tenantId }));
    for (const operator of operators) issued.count(operator, 'c');
    expect(events).toEqual([]);
    await issued.onApplicationShutdown();
    expect(events).toEqual([
      { event: 'access_token.issued', actor: key, count: 3, instanceIds: ['a', 'b'] },
      { event: 'access_token.issued', actor: operators[0], count: 1, instanceIds: ['c'] },
      { event: 'access_token.issued', actor: operators[1], count: 1, instanceIds: ['c'] },
    ]);
    await issued.onApplicationShutdown();
    expect(events).toHaveLength(3);
  });

  it('take no more memory than ten thousand of them, and lose none', async () => {
    const { issued, events } = counting();
    for (let n = 0; n < 10_050; n += 1) issued.count(key, `instance-${n}`);
    expect(events).toHaveLength(100);
    await issued.onApplicationShutdown();
    const told = events.flatMap((event) => (event.event === 'access_token.issued' ? [event] : []));
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(10_050);
    expect(new Set(told.flatMap(({ instanceIds }) => instanceIds)).size).toBe(10_050);
  });
});
