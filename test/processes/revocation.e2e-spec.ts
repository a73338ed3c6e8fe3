import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { EventStream } from '../harness/event-stream.js';
import { adminApiKey, Deployment, type Member } from './deployment.js';
import { holdTransaction } from '../harness/database/held-transaction.js';
import { accessTokenWith, msUntil, sessionWith, statusOf, toolsWith, type Probe } from './refusals.js';

/** Of each kind; a whole proof takes a hundred. */
const rounds = Number(process.env.REVOCATION_ROUNDS ?? 3);
const secondMs = 1_000;

jest.setTimeout(60_000 + rounds * 10_000);

let deployment: Deployment;
let members: Member[];
let held: { release(): Promise<void> };
beforeAll(async () => {
  deployment = await Deployment.start();
  await deployment.oauthService();
  const unlimited = { RATE_LIMIT_PER_MINUTE: '0' };
  members = [
    await deployment.publicApi(unlimited),
    await deployment.replica(unlimited),
    await deployment.replica(unlimited),
  ];
  held = await holdTransaction();
}, 120_000);
afterAll(async () => {
  await held.release();
  await deployment.stop();
});

interface Tenant {
  tenantId: string;
  /** May make instances and MCP tokens. */
  writerKey: string;
  /** May fetch Google access tokens. */
  apiKey: string;
  instanceId: string;
  mcpToken: string;
}

let made = 0;

/** A tenant with a key, and a connected mailbox with an MCP token. */
async function newTenant(): Promise<Tenant> {
  const [api] = members;
  const name = `tenant-${++made}`;
  const tenant = await deployment.request<{ id: string; apiKey: string }>(api!, 'POST', '/api/tenants', {
    name,
  });
  const instanceId = await deployment.mailbox(api!, `${name}@sandbox.test`, tenant.apiKey);
  return {
    tenantId: tenant.id,
    writerKey: tenant.apiKey,
    instanceId,
    ...(await newKey(tenant.id)),
    ...(await newMcpToken(tenant.apiKey, instanceId)),
  };
}

async function newKey(tenantId: string) {
  const input = { name: 'Key', rights: ['instances:read', 'access-tokens:read'] };
  const path = `/api/tenants/${tenantId}/api-keys`;
  const { id, apiKey } = await deployment.request<{ id: string; apiKey: string }>(
    members[0]!,
    'POST',
    path,
    input,
  );
  return { apiKey, apiKeyId: id };
}

async function newMcpToken(apiKey: string, instanceId: string) {
  const path = `/api/instances/${instanceId}/mcp-tokens`;
  const { id, mcpToken } = await deployment.request<{ id: string; mcpToken: string }>(
    members[0]!,
    'POST',
    path,
    {},
    apiKey,
  );
  return { mcpToken, mcpTokenId: id };
}

/** The cookie of a console session, as a browser sends it back. */
async function login(apiKey: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ apiKey });
  const response = await fetch(`${members[0]!.url}/api/session`, { method: 'POST', headers, body });
  expect(response.status).toBe(201);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function asOperator(at: Member, method: string, path: string, tenantId: string, body?: object) {
  const headers = {
    authorization: `Bearer ${adminApiKey}`,
    'x-evergrant-tenant': tenantId,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const status = await statusOf(at.url + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect([200, 204]).toContain(status);
}

/** Every process has what it answers from in its memory. */
async function remembered(probes: readonly Probe[]): Promise<void> {
  for (const at of members) for (const probe of [...probes, ...probes]) expect(await probe(at)).toBe(200);
}

/** How long all three processes take, the slowest of all probes, in ms. */
async function slowest(expected: readonly (readonly [Probe, number])[], since: number): Promise<number> {
  const waits = members.flatMap((at) => expected.map(([probe, status]) => msUntil(at, probe, status, since)));
  return Math.max(...(await Promise.all(waits)));
}

/** Runs the rounds, each through another process, and counts those that took over a second. */
async function count(what: string, round: (at: Member) => Promise<number>): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < rounds; n += 1) took.push(await round(members[n % members.length]!));
  expectWithinASecond(what, took);
}

function expectWithinASecond(what: string, took: number[]): void {
  took.sort((a, b) => a - b);
  const late = took.filter((ms) => ms > secondMs).length;
  const median = took[Math.floor(rounds / 2)]!;
  process.stderr.write(
    `${what}: ${rounds} rounds, ${late} over a second, median ${median.toFixed(0)} ms, slowest ${took.at(-1)!.toFixed(0)} ms\n`,
  );
  expect(late).toBe(0);
}

it('refuses a deleted API key', async () => {
  const { tenantId, instanceId } = await newTenant();
  await count('API key deleted', async (at) => {
    const { apiKey, apiKeyId } = await newKey(tenantId);
    const probe = accessTokenWith(apiKey, instanceId);
    await remembered([probe]);
    await asOperator(at, 'DELETE', `/api/tenants/${tenantId}/api-keys/${apiKeyId}`, tenantId);
    return slowest([[probe, 401]], performance.now());
  });
});

it('refuses a deleted MCP token', async () => {
  const { tenantId, writerKey, instanceId } = await newTenant();
  await count('MCP token deleted', async (at) => {
    const { mcpToken, mcpTokenId } = await newMcpToken(writerKey, instanceId);
    const probe = toolsWith(mcpToken, instanceId);
    await remembered([probe]);
    await asOperator(at, 'DELETE', `/api/instances/${instanceId}/mcp-tokens/${mcpTokenId}`, tenantId);
    return slowest([[probe, 401]], performance.now());
  });
});

it('hands out nothing of a deleted instance', async () => {
  await count('instance deleted', async (at) => {
    const { tenantId, apiKey, instanceId, mcpToken } = await newTenant();
    const [token, tools] = [accessTokenWith(apiKey, instanceId), toolsWith(mcpToken, instanceId)];
    await remembered([token, tools]);
    await asOperator(at, 'DELETE', `/api/instances/${instanceId}`, tenantId);
    return slowest(
      [
        [token, 404],
        [tools, 401],
      ],
      performance.now(),
    );
  });
});

it('hands out nothing of a deleted tenant', async () => {
  await count('tenant deleted', async (at) => {
    const { tenantId, apiKey, instanceId, mcpToken } = await newTenant();
    const [token, tools] = [accessTokenWith(apiKey, instanceId), toolsWith(mcpToken, instanceId)];
    await remembered([token, tools]);
    await asOperator(at, 'DELETE', `/api/tenants/${tenantId}`, 'default');
    return slowest(
      [
        [token, 401],
        [tools, 401],
      ],
      performance.now(),
    );
  });
});

it('stops a suspended tenant, its streams too, and lets it go on once it is resumed', async () => {
  const { tenantId, apiKey, instanceId, mcpToken } = await newTenant();
  const cookie = await login(apiKey);
  const probes = [accessTokenWith(apiKey, instanceId), toolsWith(mcpToken, instanceId), sessionWith(cookie)];
  const [token, tools, session] = probes as [Probe, Probe, Probe];
  const [resumed, ends]: [number[], number[]] = [[], []];
  await count('tenant suspended', async (at) => {
    await remembered(probes);
    const streams = await Promise.all(
      members.map(({ url }) => EventStream.open(`${url}/api/events`, { authorization: `Bearer ${apiKey}` })),
    );
    await asOperator(at, 'PATCH', `/api/tenants/${tenantId}`, 'default', { suspended: true });
    const suspendedAt = performance.now();
    const ended = Promise.all(streams.map(({ ended: end }) => end)).then(
      () => performance.now() - suspendedAt,
    );
    const refused = slowest(
      [
        [token, 403],
        [tools, 401],
        [session, 403],
      ],
      suspendedAt,
    );
    const took = await refused;
    ends.push(await ended);
    await asOperator(at, 'PATCH', `/api/tenants/${tenantId}`, 'default', { suspended: false });
    resumed.push(
      await slowest(
        [
          [token, 200],
          [tools, 200],
          [session, 200],
        ],
        performance.now(),
      ),
    );
    return took;
  });
  expectWithinASecond('streams of a suspended tenant', ends);
  expectWithinASecond('tenant resumed', resumed);
});
