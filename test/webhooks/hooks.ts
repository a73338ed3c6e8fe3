import { expect } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import type { Answer, TestApp } from '../harness/test-app.js';
import type { Receiver } from './receiver.js';

export interface Hook {
  id: string;
  url: string;
  secret: string;
  events: string[] | null;
  enabled: boolean;
  disabledReason: string | null;
}

export interface LoggedDelivery {
  id: string;
  eventId: string;
  type: string;
  instanceId: string | null;
  isReplay: boolean;
  status: string;
  attempts: number;
  lastStatus: number | null;
  failure: string | null;
  nextAttemptAt: string | null;
}

/** A webhook of the operator's tenant. */
export async function newHook(app: TestApp, url: string, events?: string[]): Promise<Hook> {
  const { status, body } = await app.api<Hook>('POST', '/api/webhooks', { url, events });
  expect(status).toBe(201);
  return body;
}

export async function deleteHooks(app: TestApp): Promise<void> {
  const { body } = await app.api<{ items: Hook[] }>('GET', '/api/webhooks');
  for (const { id } of body.items) await app.api('DELETE', `/api/webhooks/${id}`);
}

/** The log of a webhook, newest first. */
export async function deliveriesOf(app: TestApp, { id }: Pick<Hook, 'id'>): Promise<LoggedDelivery[]> {
  return (await app.api<{ items: LoggedDelivery[] }>('GET', `/api/webhooks/${id}/deliveries?limit=200`)).body
    .items;
}

/** Waits until the log of a webhook satisfies a condition. */
export async function logged(
  app: TestApp,
  hook: Pick<Hook, 'id'>,
  what: string,
  condition: (deliveries: LoggedDelivery[]) => boolean,
): Promise<LoggedDelivery[]> {
  return until(what, async () => {
    const found = await deliveriesOf(app, hook);
    return condition(found) ? found : null;
  });
}

export function test(app: TestApp, { id }: Pick<Hook, 'id'>): Promise<Answer<LoggedDelivery>> {
  return app.api<LoggedDelivery>('POST', `/api/webhooks/${id}/test`);
}

/** Moves all clocks, the receiver's among them. */
export async function advance(app: TestApp, receiver: Receiver, seconds: number): Promise<void> {
  receiver.aheadSeconds += seconds;
  await app.advance(seconds);
}
