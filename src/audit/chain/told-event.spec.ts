import { describe, expect, it } from '@jest/globals';
import type { ActEvent } from '../audit-event.js';
import { eventLine } from '../event-line.js';
import { toldEvent } from './told-event.js';

const held: ActEvent = {
  event: 'act.held',
  actor: { kind: 'mcp-token', id: 'token', tenantId: 'tenant' },
  subject: { kind: 'instance', id: 'instance' },
  source: { requestId: 'request', address: '203.0.113.7', route: 'POST /mcp/:instanceId' },
  ...{ actId: 'act', kind: 'send', recipients: ['anna@example.com', 'Bob@example.com'] },
  ...{
    decision: 'ask',
    reasons: ['new_recipient'],
    approvalId: 'approval',
    contentDigest: 'digest',
    outcome: null,
  },
};

describe('what a chain tells of an outbound act', () => {
  it('is who, what, to whom, why, and under which approval', () => {
    expect(toldEvent(held, (address) => address)).toEqual({
      event: 'act.held',
      actor: { kind: 'mcp-token', id: 'token' },
      subject: { kind: 'instance', id: 'instance' },
      instanceId: 'instance',
      details: {
        ...{ requestId: 'request', address: '203.0.113.7', route: 'POST /mcp/:instanceId' },
        ...{ actId: 'act', kind: 'send', recipients: ['anna@example.com', 'Bob@example.com'] },
        ...{ decision: 'ask', reasons: ['new_recipient'], approvalId: 'approval', contentDigest: 'digest' },
        outcome: null,
      },
    });
  });

  it('names recipients as it is told to, and the log how many there are', () => {
    const { details } = toldEvent(held, (address) => `hidden ${address.length}`);
    expect(details.recipients).toEqual(['hidden 16', 'hidden 15']);
    expect(eventLine(held)).toMatchObject({ recipients: 2 });
  });

  it('is nothing that the event was not declared with', () => {
    const event = {
      ...held,
      source: null,
      body: 'body-canary',
      subject: { ...held.subject, title: 'title-canary' },
    };
    const told = toldEvent(event, (address) => address);
    expect(JSON.stringify(told)).not.toContain('canary');
    expect(told.details).not.toHaveProperty('requestId');
  });
});

it('text of an event is told as PostgreSQL takes it', () => {
  const { details } = toldEvent({ ...held, outcome: 'a\0b\uD800' }, (address) => address);
  expect(details.outcome).toBe('a\uFFFDb\uFFFD');
});
