import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { until } from '../../sandbox/index.js';

let app: TestApp;
let mailbox: TestMailbox;
beforeAll(async () => {
  app = await TestApp.start();
  mailbox = await newMailbox(app);
});
afterAll(() => app.stop());
afterEach(async () => {
  await app.google.clearFaults();
  await app.google.release();
});

type Revision = '2025-11-25' | '2026-07-28';

/** A request of a client that hangs up when the signal says so. */
function send(
  revision: Revision,
  method: string,
  params: { name?: string; uri?: string; arguments?: object; _meta?: object },
  signal: AbortSignal,
) {
  const isModern = revision === '2026-07-28';
  const _meta = {
    ...params._meta,
    ...(isModern && {
      'io.modelcontextprotocol/protocolVersion': revision,
      'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    }),
  };
  return fetch(mailbox.mcpUrl, {
    ...{ method: 'POST', signal },
    headers: {
      authorization: `Bearer ${mailbox.mcpToken}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      ...(isModern && { 'mcp-method': method, 'mcp-name': params.name ?? params.uri ?? '' }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } }),
  }).then((response) => response.text());
}

async function gmailRequests(): Promise<number> {
  return (await app.google.ledger()).counters.gmail;
}

/** Of single messages, of which there are more than are read at once. */
const reads = '/gmail/v1/users/me/messages/';
const search = { name: 'search_messages', arguments: { maxResults: 50 } };

describe.each<Revision>(['2025-11-25', '2026-07-28'])('a client of %s that hangs up', (revision) => {
  it.each<[string, string, string, Parameters<typeof send>[2]]>([
    ['a call that reads many', 'tools/call', reads, search],
    ['a call that tells progress', 'tools/call', reads, { ...search, _meta: { progressToken: 1 } }],
    ['the reading of a resource', 'resources/read', '/gmail', { uri: 'gmail://thread/t1' }],
  ])('ends what is asked of Gmail for %s', async (_what, method, path, params) => {
    const before = await cancelledCalls();
    await app.google.addFault({ target: 'gmail', match: { path }, fault: { kind: 'hold' } });
    const client = new AbortController();
    const answer = send(revision, method, params, client.signal);
    await app.google.heldRequests({ atLeast: 1 });
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    await until('the call to end', async () => (await cancelledCalls()) > before);

    const asked = await gmailRequests();
    await app.google.clearFaults();
    await app.google.release();
    // A call of another client, after which what was begun would have gone on.
    await send(revision, 'tools/call', { name: 'get_profile', arguments: {} }, new AbortController().signal);
    expect(await gmailRequests()).toBe(asked + 1);
  });
});

/** How many calls have been cancelled so far. */
async function cancelledCalls(): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  const cancelled = [
    ...metrics.matchAll(/evergrant_mcp_tool_calls_total\{[^}]*outcome="cancelled"\} (\d+)/g),
  ];
  return cancelled.reduce((sum, [, count]) => sum + Number(count), 0);
}
