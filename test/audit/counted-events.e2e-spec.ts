import { expect, it } from '@jest/globals';
import { connectMailbox } from '../../sandbox/index.js';
import { eventsIn } from '../harness/audit-events.js';
import { bearer, Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';

/** What an app that runs `work` and stops has logged of one event. */
async function eventsOfLife(name: string, work: (app: TestApp) => Promise<unknown>): Promise<object[]> {
  const app = await TestApp.start();
  await work(app);
  expect(eventsIn(app.log).filter(({ event }) => event === name)).toEqual([]);
  await app.stop();
  return eventsIn(app.log).filter(({ event }) => event === name);
}

it('access tokens handed out are one event for each caller, on the fast path and the ordinary one', async () => {
  let keyId = '';
  let tenantId = '';
  let mailbox = '';
  let operators = '';
  const events = await eventsOfLife('access_token.issued', async (app) => {
    const callers = new Callers(app);
    tenantId = (await callers.tenant()).id;
    const rights = ['instances:read', 'instances:write', 'access-tokens:read'];
    const key = await callers.key(tenantId, { rights });
    keyId = key.id;
    const { id, account } = await newMailbox(app);
    operators = id;
    mailbox = (await callers.newInstance(key.apiKey)).id;
    const link = await callers.asKey(key.apiKey, 'POST', `/api/instances/${mailbox}/start-oauth`, {});
    await connectMailbox(String(link.body.authorizationUrl), { account });
    const ask = async (instanceId: string, apiKey: string) =>
      (await callers.asKey(apiKey, 'GET', `/api/instances/${instanceId}/access-token`)).status;
    for (let n = 0; n < 5; n += 1) expect(await ask(mailbox, key.apiKey)).toBe(200);
    expect(await ask(operators, adminApiKey)).toBe(200);
    expect(await ask(operators, key.apiKey)).toBe(404);
  });
  const operator = { kind: 'operator', id: null, tenantId: expect.any(String) };
  expect(events).toEqual([
    expect.objectContaining({
      actor: { kind: 'api-key', id: keyId, tenantId },
      level: 30,
      count: 5,
      instanceIds: [mailbox],
    }),
    expect.objectContaining({ actor: operator, count: 1, instanceIds: [operators] }),
  ]);
});

it('refusals that were left out of the log are counted by a process that stops', async () => {
  const events = await eventsOfLife('caller.refusals_omitted', async ({ url }) => {
    for (let n = 0; n < 63; n += 1) await fetch(`${url}/api/tenants`, { headers: bearer('eg_wrong') });
  });
  expect(events).toEqual([expect.objectContaining({ presented: 'api-key', count: 3, level: 40 })]);
});
