import { describe, expect, it } from '@jest/globals';
import { changeEvent } from './audit-event.js';
import { eventLine } from './event-line.js';

const source = { requestId: 'request', address: '203.0.113.7', route: 'POST /api/tenants' };

describe('the line of an event', () => {
  it('is flat but for actor and subject', () => {
    const actor = { kind: 'operator', id: null, tenantId: 'default' } as const;
    expect(eventLine(changeEvent('tenant.created', actor, 'new', source))).toEqual({
      msg: 'Tenant created',
      event: 'tenant.created',
      actor,
      subject: { kind: 'tenant', id: 'new' },
      ...source,
    });
  });

  it('shows nothing that the event was not declared with', () => {
    const secret = { apiKey: 'eg_secret', headers: { authorization: 'Bearer eg_secret' } };
    const actor = { kind: 'api-key', id: 'key', tenantId: 'tenant', ...secret } as const;
    const event = changeEvent('instance.deleted', actor, 'instance', { ...source, ...secret });
    expect(JSON.stringify(eventLine({ ...event, ...secret }))).not.toContain('eg_secret');
  });
});
