import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { PurposeSeal } from '../../credentials/index.js';
import type { DatabaseClock } from '../../database/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { RequestStates } from './request-states.js';

const masterKeys = [{ id: 'k1', key: randomBytes(32) }];
let nowMs = 0;
const clock = { nowMs: async () => nowMs } as DatabaseClock;
const states = new RequestStates(new PurposeSeal(masterKeys, 'request states'), clock);
const ada = holder('instance', 'token');

beforeEach(() => {
  nowMs = 1_000_000;
});

it('is good for the caller that it was given to, for an hour', async () => {
  const state = await states.issue(ada, 'tools/call');
  nowMs += 3_599_000;
  await expect(states.verify(state, ada, 'tools/call')).resolves.toBeUndefined();
  nowMs += 1_000;
  await expect(states.verify(state, ada, 'tools/call')).rejects.toThrow('expired');
});

it.each([
  ['another token', holder('instance', 'other'), 'tools/call'],
  ['another instance', holder('other', 'token'), 'tools/call'],
  ['another method', ada, 'resources/read'],
])('is good for no %s', async (_what, caller, method) => {
  const state = await states.issue(ada, 'tools/call');
  await expect(states.verify(state, caller, method)).rejects.toThrow('another call');
});

it('is good for nothing once a character of it is changed', async () => {
  const state = await states.issue(ada, 'tools/call');
  const changed = state.slice(0, -2) + (state.endsWith('A') ? 'BB' : 'AA');
  await expect(states.verify(changed, ada, 'tools/call')).rejects.toThrow('not a state of ours');
});

it('is none that was sealed for another purpose', async () => {
  const link = new PurposeSeal(masterKeys, 'attachment links').seal(
    JSON.stringify(['instance', 'token', 'tools/call', nowMs + 1000]),
  );
  await expect(states.verify(link, ada, 'tools/call')).rejects.toThrow('not a state of ours');
});

it('says nothing to those who see it', async () => {
  const state = await states.issue(ada, 'tools/call');
  expect(Buffer.from(state, 'base64url').toString('latin1') + state).not.toContain('instance');
});

function holder(instanceId: string, tokenId: string): McpCaller {
  return { instance: { id: instanceId }, holder: { kind: 'mcp-token', tokenId } } as McpCaller;
}
