import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { instanceId, McpEndpoint, programHeaders, toolCall } from '../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

async function samples(): Promise<string[]> {
  const text = await (await fetch(new URL('/metrics', endpoint.url))).text();
  return text.split('\n').filter((line) => line.startsWith('evergrant_mcp_'));
}

it('counts a call that succeeds, with its duration', async () => {
  await endpoint.callTool('search_messages');

  expect(await samples()).toEqual(
    expect.arrayContaining([
      'evergrant_mcp_tool_calls_total{tool="search_messages",outcome="ok"} 1',
      'evergrant_mcp_tool_call_duration_seconds_count{tool="search_messages"} 1',
    ]),
  );
});

it('counts a call that fails by its error code, and does not tell whose it was', async () => {
  endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN', { reason: 'revoked' });
  await endpoint.callTool('search_messages');

  const lines = await samples();
  expect(lines).toContain(
    'evergrant_mcp_tool_calls_total{tool="search_messages",outcome="INVALID_REFRESH_TOKEN"} 1',
  );
  expect(lines.join('\n')).not.toContain(instanceId);
});

it('makes no label of a tool that does not exist', async () => {
  await endpoint.post(toolCall(1, 'no_such_tool'));

  expect((await samples()).join('\n')).not.toContain('no_such_tool');
});

it('counts a call whose client hung up as cancelled, not as a fault', async () => {
  const call = request(endpoint.url, { method: 'POST', headers: programHeaders });
  const hungUp = once(call, 'error');
  const gmailCallEnded = new Promise<void>((resolve) => {
    endpoint.gmail.override = (gmailCall) => {
      gmailCall.socket.once('close', () => resolve());
      call.destroy(new Error('hung up'));
    };
  });
  call.end(JSON.stringify(toolCall(1, 'search_messages')));
  await Promise.all([hungUp, gmailCallEnded]);

  expect(await samples()).toContain(
    'evergrant_mcp_tool_calls_total{tool="search_messages",outcome="cancelled"} 1',
  );
});
