import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { RefreshRequest, TokenExchange } from '../../src/oauth/index.js';
import { startDeadService, type DeadService } from '../dead-service.js';
import { Latencies } from '../latencies.js';
import { OAuthStage } from '../oauth-stage.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const failuresThatOpen = 5;
const warmUpShare = 0.2;
const aim = 'less than 20 ms more';

type Grant = Pick<RefreshRequest, 'refreshToken' | 'client'>;

/** What the chain costs while the OAuth service is dead and no caller waits for it any more. */
export const fallback: Scenario = {
  name: 'fallback',
  about:
    'Refreshes through the chain, the OAuth service dead and its breaker open, beside refreshes straight at Google',
  run: async (seconds) => {
    const service = await startDeadService();
    const stage = await OAuthStage.start(service.url);
    try {
      return await measure(stage, service, seconds);
    } finally {
      await stage.stop();
      await service.close();
    }
  },
};

async function measure(stage: OAuthStage, service: DeadService, seconds: number): Promise<ScenarioResult> {
  const grant = await stage.grant();
  for (let failure = 0; failure < failuresThatOpen; failure += 1) await refresh(stage.chain, grant);
  if (stage.oauthService.breaker !== 'open') throw new Error('The breaker did not open');
  const whileItOpened = service.requests.length;

  await alternate(seconds * warmUpShare, stage, grant);
  const { chain, direct } = await alternate(seconds, stage, grant);
  const since = service.requests.slice(whileItOpened);
  const at = (name: string, percent: number): Measurement => ({
    name,
    unit: 'ms',
    figure: chain.percentileMs(percent),
    ceiling: direct.percentileMs(percent),
    compare: 'difference',
    aim,
  });
  return {
    measurements: [at('refresh, median', 50), at('refresh, p99', 99)],
    facts: {
      'refreshes of each kind': chain.count,
      'breaker at the end': stage.oauthService.breaker,
      'requests to the OAuth service until it opened': whileItOpened,
      'refreshes sent to the OAuth service since': since.filter((method) => method === 'POST').length,
      'probes of the OAuth service since': since.filter((method) => method === 'GET').length,
    },
  };
}

/** Each after the other in turn, the first one changing, so that neither always has the warmer machine. */
async function alternate(
  seconds: number,
  { chain, direct }: OAuthStage,
  grant: Grant,
): Promise<Record<'chain' | 'direct', Latencies>> {
  const latencies = { chain: new Latencies(), direct: new Latencies() };
  const kinds = [
    () => latencies.chain.time(() => refresh(chain, grant)),
    () => latencies.direct.time(() => refresh(direct, grant)),
  ];
  const endsAtMs = performance.now() + seconds * 1000;
  do {
    for (const kind of kinds) await kind();
    kinds.reverse();
  } while (performance.now() < endsAtMs);
  return latencies;
}

async function refresh(exchange: TokenExchange, grant: Grant): Promise<void> {
  const attemptId = randomUUID();
  const outcome = await exchange.refresh({ provider: 'google', singleUse: false, attemptId, ...grant });
  if (outcome.status !== 'refreshed' || outcome.path !== 'direct') {
    throw new Error(`Not refreshed directly: ${JSON.stringify({ ...outcome, tokens: undefined })}`);
  }
}
