import { setTimeout as pause } from 'node:timers/promises';
import { adoptedInstance } from '../adopted-instance.js';
import { BareCaller, type BareAnswer } from '../bare-caller.js';
import { Deployment } from '../deployment.js';
import { Latencies } from '../latencies.js';
import { realCredentials } from '../real-credentials.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const processes = 4;
const callersOfAProcess = 250;
const upstreamMs = 500;
const tokenLifeSeconds = 5;
/** So much later no process takes it for alive. */
const graceMs = 100;
const fewestRounds = 2;
const roundSeconds = 6;
const comeAgain = 503;
const warmUpRounds = 20;
const aim = 'p99: 800 ms or less';

/** What it costs many callers that a token has expired which they all want. */
export const stampede: Scenario = {
  name: 'stampede',
  about: `${processes * callersOfAProcess} callers over ${processes} processes at once, the token expired and Google taking ${upstreamMs} ms, beside one request straight at Google`,
  run: async (seconds) => {
    const deployment = await Deployment.start();
    try {
      const [credential] = await realCredentials(deployment, 1);
      await deployment.oauthService();
      const apis = await Promise.all(Array.from({ length: processes }, () => deployment.api()));
      const refreshToken = credential?.refreshToken ?? '';
      await deployment.google.configure({ accessTokenLifetimeSeconds: tokenLifeSeconds });
      const { id, apiKey } = await adoptedInstance(apis[0]?.url ?? '', refreshToken);
      const path = `/api/instances/${id}/access-token`;
      const target = { path, headers: { authorization: `Bearer ${apiKey}` } };
      await deployment.google.addFault({ target: 'token', fault: { kind: 'delay', delayMs: upstreamMs } });
      const crowd = await Crowd.gather(
        apis.map(({ url }) => url),
        target,
      );
      try {
        return await measure(deployment, crowd, refreshToken, seconds);
      } finally {
        crowd.disperse();
      }
    } finally {
      await deployment.stop();
    }
  },
};

interface Target {
  path: string;
  headers: Record<string, string>;
}

/** All callers, each on a connection of its own. */
class Crowd {
  private constructor(
    /** Those of all processes in turn, so that no process has its callers first. */
    private readonly callers: readonly BareCaller[],
    private readonly target: Target,
  ) {}

  static async gather(urls: readonly string[], target: Target): Promise<Crowd> {
    const turns = Array.from({ length: callersOfAProcess }, () => urls).flat();
    return new Crowd(await Promise.all(turns.map((url) => BareCaller.connect(url))), target);
  }

  /**
   * All callers ask at once. Throws unless all who get a token get the same fresh one.
   * @returns how many were told to come again (503)
   */
  async ask(latencies: Latencies): Promise<number> {
    const tokens = await this.tokens(latencies);
    const served = tokens.filter((token) => token !== null);
    if (new Set(served).size !== 1) throw new Error('The callers got different tokens, or none');
    return tokens.length - served.length;
  }

  /** All callers ask again and again, until the processes run as they do when they have run for long. */
  async warmUp(): Promise<void> {
    for (let round = 0; round < warmUpRounds; round += 1) await this.tokens(new Latencies());
  }

  private async tokens(latencies: Latencies): Promise<(string | null)[]> {
    const { path, headers } = this.target;
    const requests = this.callers.map((caller) => caller.request(path, headers));
    const answers = await Promise.all(
      this.callers.map((caller, index) => latencies.time(() => caller.send(requests[index] ?? ''))),
    );
    return answers.map(tokenOf);
  }

  disperse(): void {
    for (const caller of this.callers) caller.close();
  }
}

/** @returns null for one who is told to come again */
function tokenOf({ status, body }: BareAnswer): string | null {
  if (status === comeAgain) return null;
  const { accessToken, stale } = JSON.parse(body) as { accessToken?: string; stale?: boolean };
  if (status !== 200 || accessToken === undefined || stale)
    throw new Error(`A caller was answered ${status}: ${body}`);
  return accessToken;
}

async function measure(
  deployment: Deployment,
  crowd: Crowd,
  refreshToken: string,
  seconds: number,
): Promise<ScenarioResult> {
  const [expired, held, upstream] = [new Latencies(), new Latencies(), new Latencies()];
  let [stampedes, refused] = [0, 0];
  const rounds = Math.max(fewestRounds, Math.round(seconds / roundSeconds));
  await crowd.warmUp();
  await stampedeOnce(deployment, crowd, new Latencies());
  for (let round = 0; round < rounds; round += 1) {
    refused += await stampedeOnce(deployment, crowd, expired);
    stampedes += 1;
    await crowd.ask(held);
    await upstream.time(() => askGoogle(deployment, refreshToken));
  }
  const at = (percent: number): Measurement => ({
    name: `callers, p${percent}`,
    unit: 'ms',
    figure: expired.percentileMs(percent),
    ceiling: upstream.percentileMs(50),
    compare: 'ratio',
    ...(percent === 99 ? { aim } : {}),
  });
  return {
    measurements: [at(50), at(99)],
    facts: {
      callers: processes * callersOfAProcess,
      'processes of the API': processes,
      'stampedes, each with one call of Google': stampedes,
      'callers that were told to come again (503)': refused,
      'the same callers while the token lives, p50 in ms': Math.round(held.percentileMs(50)),
      'the same callers while the token lives, p99 in ms': Math.round(held.percentileMs(99)),
    },
  };
}

/** @returns how many were told to come again; throws when Google was not called once */
async function stampedeOnce({ google }: Deployment, crowd: Crowd, latencies: Latencies): Promise<number> {
  await pause(tokenLifeSeconds * 1000 + graceMs);
  await google.clearLedger();
  const refused = await crowd.ask(latencies);
  const { tokenRequests } = await google.ledger();
  if (tokenRequests.length !== 1) throw new Error(`Google was called ${tokenRequests.length} times`);
  return refused;
}

async function askGoogle({ googleUrl, client }: Deployment, refreshToken: string): Promise<void> {
  const body = new URLSearchParams({
    ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
    ...{ client_id: client.clientId, client_secret: client.clientSecret },
  });
  const answer = await fetch(`${googleUrl}/token`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`Google answered ${answer.status}: ${await answer.text()}`);
  await answer.text();
}
