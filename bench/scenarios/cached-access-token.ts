import { setTimeout as pause } from 'node:timers/promises';
import { ChildProcess } from '../child-process.js';
import { freePort } from '../../sandbox/index.js';
import { EvergrantStage, type BenchTenant } from '../evergrant-stage.js';
import { alternate, Load, warmUp } from '../load.js';
import { metric } from '../process-metrics.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const connections = 16;
const sliceMs = 500;
/** Memory holds a token for a minute, and a caller that asks just then is answered from the database. */
const mostFromDatabase = 0.2;
/** Within a second of the consent every process forgets what it held of the credential. */
const consentSettlesMs = 1_500;

/** What it costs to hand out a token that is in memory. */
export const cachedAccessToken: Scenario = {
  name: 'cached-access-token',
  about:
    'GET /api/instances/:id/access-token, answered from memory, beside a bare Nest-on-Fastify route with the same body',
  run: async (seconds) => {
    const evergrant = await EvergrantStage.start();
    try {
      return await besideBareRoute(evergrant, seconds);
    } finally {
      await evergrant.stop();
    }
  },
};

async function besideBareRoute(evergrant: EvergrantStage, seconds: number): Promise<ScenarioResult> {
  const tenant = await evergrant.tenant('bench');
  const path = `/api/instances/${await evergrant.connectedInstance(tenant)}/access-token`;
  await pause(consentSettlesMs);
  const body = await cachedAnswer(evergrant.url + path, tenant);
  const port = await freePort();
  const bare = await ChildProcess.start('bench/bare-route.js', `http://localhost:${port}`, '/', {
    PORT: String(port),
    BODY: body,
  });
  const options = { connections, tellsProcessorTime: true };
  const token = new Load(evergrant.url, { path, headers: tenant.headers }, options);
  const route = new Load(bare.url, { path: '/', headers: tenant.headers }, options);
  try {
    await warmUp([token, route]);
    const before = await cacheAnswers(evergrant);
    await alternate(seconds, sliceMs, [token, route]);
    const after = await cacheAnswers(evergrant);
    const [hits, misses] = [after.hits - before.hits, after.misses - before.misses];
    if (hits === 0 || misses > hits * mostFromDatabase)
      throw new Error(`Not answered from memory: ${hits} hits, ${misses} misses`);
    return {
      measurements: measurements(token, route),
      facts: {
        connections,
        'bytes of an answer': Buffer.byteLength(body),
        'requests for tokens': token.latencies.count,
        'requests for the bare route': route.latencies.count,
        'tokens from memory': hits,
        'tokens not from memory': misses,
      },
    };
  } finally {
    await Promise.all([token.close(), route.close()]);
    await bare.stop();
  }
}

function measurements(token: Load, route: Load): Measurement[] {
  const at = (percent: number): Measurement => ({
    name: `latency, p${percent}`,
    unit: 'ms',
    figure: token.latencies.percentileMs(percent),
    ceiling: route.latencies.percentileMs(percent),
    compare: 'difference',
  });
  const requests: Measurement = {
    name: 'requests',
    unit: '1/s',
    figure: token.requestsPerSecond,
    ceiling: route.requestsPerSecond,
    compare: 'ratio',
    aim: '0.8 or more',
  };
  const processor: Measurement = {
    name: 'processor time of a request',
    unit: 'µs',
    figure: token.processorMicrosecondsOfRequest,
    ceiling: route.processorMicrosecondsOfRequest,
    compare: 'ratio',
  };
  return [requests, processor, at(50), at(99)];
}

/** What the route answers once the token is in memory. */
async function cachedAnswer(url: string, { headers }: BenchTenant): Promise<string> {
  await (await fetch(url, { headers })).text();
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  const { source } = JSON.parse(text) as { source?: string };
  if (answer.status !== 200 || source !== 'cache')
    throw new Error(`No token from memory: ${answer.status}, ${source ?? 'no source'}`);
  return text;
}

async function cacheAnswers(evergrant: EvergrantStage): Promise<{ hits: number; misses: number }> {
  return {
    hits: await metric(evergrant.url, 'evergrant_token_cache_total{result="hit"}'),
    misses: await metric(evergrant.url, 'evergrant_token_cache_total{result="miss"}'),
  };
}
