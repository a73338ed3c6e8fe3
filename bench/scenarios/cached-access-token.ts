import { ChildProcess } from '../child-process.js';
import { EvergrantStage, freePort } from '../evergrant-stage.js';
import { alternate, Load } from '../load.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const connections = 16;
const sliceMs = 500;
const warmUpSeconds = 2;

/** What it costs to hand out a token that is in memory. */
export const cachedAccessToken: Scenario = {
  name: 'cached-access-token',
  about:
    'GET /api/instances/:id/access-token, answered from memory, beside a bare Nest-on-Fastify route with the same body',
  run: async (seconds) => {
    const evergrant = await EvergrantStage.start();
    try {
      const { id } = await evergrant.connectedInstance();
      return await measure(evergrant, `/api/instances/${id}/access-token`, seconds);
    } finally {
      await evergrant.stop();
    }
  },
};

async function measure(evergrant: EvergrantStage, path: string, seconds: number): Promise<ScenarioResult> {
  const body = await tokenBody(evergrant, path);
  const port = await freePort();
  const bare = await ChildProcess.start('bench/bare-route.js', `http://127.0.0.1:${port}`, '/', {
    PORT: String(port),
    BODY: JSON.stringify(body),
  });
  const loadOf = () => [
    new Load(evergrant.url, path, evergrant.headers, connections),
    new Load(bare.url, '/', evergrant.headers, connections),
  ];
  const [warmUp, measured] = [loadOf(), loadOf()];
  try {
    await alternate(warmUpSeconds, sliceMs, warmUp);
    await alternate(seconds, sliceMs, measured);
    const after = await tokenBody(evergrant, path);
    const [token, route] = measured as [Load, Load];
    const at = (percent: number): Measurement => ({
      name: `latency, p${percent}`,
      unit: 'ms',
      figure: token.latencies.percentileMs(percent),
      ceiling: route.latencies.percentileMs(percent),
      compare: 'difference',
    });
    return {
      measurements: [
        {
          name: 'requests',
          unit: '1/s',
          figure: token.requestsPerSecond,
          ceiling: route.requestsPerSecond,
          compare: 'ratio',
          aim: '0.8 or more',
        },
        at(50),
        at(99),
      ],
      facts: {
        connections,
        'requests for tokens': token.latencies.count,
        'requests for the bare route': route.latencies.count,
        'source of the token at the end': after.source,
      },
    };
  } finally {
    await Promise.all([...warmUp, ...measured].map((load) => load.close()));
    await bare.stop();
  }
}

async function tokenBody({ url, headers }: EvergrantStage, path: string): Promise<{ source: string }> {
  const answer = await fetch(url + path, { headers });
  if (answer.status !== 200) throw new Error(`No access token: ${answer.status}`);
  return (await answer.json()) as { source: string };
}
