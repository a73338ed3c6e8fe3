import { setTimeout as pause } from 'node:timers/promises';
import type { Member } from './deployment.js';

/** What a process answers to one kind of caller: an HTTP status. */
export type Probe = (at: Member) => Promise<number>;

const lookEveryMs = 50;
const giveUpMs = 20_000;
const callersAtOnce = 3;

export async function statusOf(url: string, init: RequestInit): Promise<number> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  await response.arrayBuffer();
  return response.status;
}

/** A Google access token with an API key, as its holder would get it out of memory. */
export function accessTokenWith(apiKey: string, instanceId: string): Probe {
  const headers = { authorization: `Bearer ${apiKey}` };
  return ({ url }) => statusOf(`${url}/api/instances/${instanceId}/access-token`, { headers });
}

export function toolsWith(mcpToken: string, instanceId: string): Probe {
  const headers = {
    authorization: `Bearer ${mcpToken}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
  return ({ url }) => statusOf(`${url}/mcp/${instanceId}`, { method: 'POST', headers, body });
}

export function sessionWith(cookie: string): Probe {
  return ({ url }) => statusOf(`${url}/api/session`, { headers: { cookie } });
}

/**
 * Asks until a process answers as it should, and says how long after `since` the last request was sent that it still
 * answered otherwise, in ms: how long the answer took is the machine's business. Several ask at once all the while, so
 * that some read of the database straddles the change; what they got may not come back afterwards.
 */
export async function msUntil(at: Member, probe: Probe, status: number, since: number): Promise<number> {
  let lastMs = 0;
  for (let sentMs = 0; sentMs < giveUpMs; sentMs = performance.now() - since) {
    const answers = await together(at, probe);
    if (answers.every((each) => each === status)) break;
    lastMs = sentMs;
    await pause(lookEveryMs);
  }
  if ((await together(at, probe)).some((each) => each !== status)) throw new Error('It came back');
  return lastMs;
}

function together(at: Member, probe: Probe): Promise<number[]> {
  return Promise.all(Array.from({ length: callersAtOnce }, () => probe(at)));
}
