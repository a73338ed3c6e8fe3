import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { Receiver } from '../webhooks/receiver.js';
import { Deployment, type Member } from './deployment.js';

// Processes take their time to start.
jest.setTimeout(180_000);

/** Longer than a lease. */
const leaseOverSeconds = 61;

let deployment: Deployment;
let doomed: Member;
let receiver: Receiver;
beforeAll(async () => {
  deployment = await Deployment.start();
  receiver = await Receiver.start();
  // Only there is a receiver on this machine told.
  doomed = await deployment.publicApi({ NODE_ENV: 'development' });
}, 180_000);
afterAll(async () => {
  await receiver.stop();
  await deployment.stop();
});

function change(instanceId: string, historyId: number): Promise<unknown> {
  return deployment.sql(
    `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id)
     SELECT tenant_id, id, 'changed', $2 FROM mcp_instances WHERE id = $1`,
    [instanceId, historyId],
  );
}

it('events of a process that is killed after their commit, and while it delivers, all come, in their order', async () => {
  const hook = await deployment.request<{ secret: string }>(doomed, 'POST', '/api/webhooks', {
    url: receiver.url,
    events: ['mailbox.changed'],
  });
  const id = await deployment.mailbox(doomed, 'told@sandbox.test');
  receiver.reply = () => 'hang';
  await change(id, 1);
  await until('the first one is under way', () => receiver.arrivals.length === 1 || null);
  await change(id, 2);
  await doomed.process.stop('SIGKILL');
  await change(id, 3);
  receiver.reply = () => 204;
  const survivor = await deployment.replica({ NODE_ENV: 'development' });
  expect(receiver.taken(id)).toEqual([]);
  await deployment.advance(leaseOverSeconds);
  const taken = await receiver.takes(id, 3);
  expect(taken.map(({ data }) => data.historyId)).toEqual(['1', '2', '3']);
  for (const arrival of taken) expect(receiver.isSigned(arrival, hook.secret)).toBe(true);
  // The request that was under way, once more: by its id a receiver knows it.
  expect(receiver.arrivals[0]!.id).toBe(taken[0]!.id);
  expect(survivor.process.running).toBe(true);
});
