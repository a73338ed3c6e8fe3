import { freePort } from '../../sandbox/index.js';
import { adoptedInstance } from '../adopted-instance.js';
import { ChildProcess } from '../child-process.js';
import { Deployment } from '../deployment.js';
import { alternate, Load, warmUp, type LoadOptions } from '../load.js';
import { eventLoopDelayMs } from '../process-metrics.js';
import { realCredentials } from '../real-credentials.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';
import type { GmailCalls } from '../tool-calls/bare-gmail.js';
import { largeMessageId, revisions, toolCall, type Revision } from '../tool-calls/tool-call.js';

const callers = 50;
const sliceMs = 250;
/** A tool call runs through far more code than other requests, so that it is compiled later. */
const warmUpMs = 6_000;
/** Short, so that a busy moment of the machine meets both sides of a warm-up alike. */
const warmUpSliceMs = 500;
/** As long as Gmail takes, about: a rate is measured without, for it is no work of ours. */
const gmailMs = 100;
const rateShare = 0.25;
const latencyShare = 0.3;
const largeMailShare = 0.2;

/** What a warm tool call costs, and whether one caller's large mails hold the others up. */
export const toolCalls: Scenario = {
  name: 'tool-call',
  about: `tools/call of get_message by ${callers} callers, beside a bare SDK server with thirty tools and a pasted token, both on the same stand-in for Gmail`,
  run: async (seconds) => {
    const deployment = await Deployment.start();
    const started: ChildProcess[] = [];
    const start = async (script: string, env: Record<string, string>): Promise<ChildProcess> => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const readyPath = script.endsWith('server.js') ? '/metrics' : '/calls';
      const child = await ChildProcess.start(script, url, readyPath, { PORT: String(port), ...env });
      started.push(child);
      return child;
    };
    try {
      await deployment.oauthService();
      const gmail = new Gmail((await start('bench/tool-calls/bare-gmail.js', {})).url);
      const environment = { GMAIL_API_URL: gmail.url };
      const [credential] = await realCredentials(deployment, 1);
      const { url } = await deployment.api(environment);
      const { id, mcpToken } = await adoptedInstance(url, credential?.refreshToken ?? '');
      const bare = await start('bench/tool-calls/bare-sdk-server.js', environment);
      await deployment.google.clearLedger();
      const stage = new Stage(gmail, { url, path: `/mcp/${id}`, mcpToken }, bare.url);
      const result = await measure(stage, seconds);
      const { tokenRequests } = await deployment.google.ledger();
      return { ...result, facts: { ...result.facts, 'calls of Google for tokens': tokenRequests.length } };
    } finally {
      for (const child of started) await child.stop();
      await deployment.stop();
    }
  },
};

class Gmail {
  constructor(readonly url: string) {}

  async calls(): Promise<GmailCalls> {
    return (await (await fetch(`${this.url}/calls`)).json()) as GmailCalls;
  }

  async take(ms: number): Promise<void> {
    await fetch(`${this.url}/delay?ms=${ms}`);
  }
}

class Stage {
  constructor(
    readonly gmail: Gmail,
    readonly evergrant: { url: string; path: string; mcpToken: string },
    readonly bareUrl: string,
  ) {}

  evergrantLoad(revision: Revision, messageId: string, options: LoadOptions): Load {
    const { url, path, mcpToken } = this.evergrant;
    return new Load(url, { path, ...toolCall(revision, mcpToken, messageId) }, options);
  }

  bareLoad(revision: Revision, options: LoadOptions): Load {
    return new Load(this.bareUrl, { path: '/mcp', ...toolCall(revision, 'none', 'm1') }, options);
  }
}

async function measure(stage: Stage, seconds: number): Promise<ScenarioResult> {
  // All of it before anything is measured: whichever revision came first would have colder code than the next.
  await warmUpAll(stage);
  const rates: RateOfCalls[] = [];
  for (const revision of revisions) rates.push(await rateOf(stage, revision, seconds * rateShare));
  const latencies = await latenciesOf(stage, seconds * latencyShare);
  const eventLoop = await eventLoopBesideLargeMails(stage, seconds * largeMailShare);
  const { pasted, others } = await stage.gmail.calls();
  return {
    measurements: [...rates.flatMap(({ measurements }) => measurements), ...latencies, eventLoop],
    facts: {
      callers,
      'tool calls measured': rates.reduce((sum, { calls }) => sum + calls, 0),
      'calls of Gmail by Evergrant, all phases': others,
      'calls of Gmail by the bare server, all phases': pasted,
    },
  };
}

interface RateOfCalls {
  measurements: Measurement[];
  calls: number;
}

/** Both sides and both revisions alike, in turn. */
async function warmUpAll(stage: Stage): Promise<void> {
  const options = { connections: callers };
  const loads = revisions.flatMap((revision) => [
    stage.evergrantLoad(revision, 'm1', options),
    stage.bareLoad(revision, options),
  ]);
  try {
    for (let ms = 0; ms < warmUpMs; ms += warmUpSliceMs) await warmUp(loads, warmUpSliceMs);
  } finally {
    await Promise.all(loads.map((load) => load.close()));
  }
}

/** Throws unless every tool call on either side was one call of Gmail. */
async function rateOf(stage: Stage, revision: Revision, seconds: number): Promise<RateOfCalls> {
  const options = { connections: callers, tellsProcessorTime: true };
  const [evergrant, bare] = [stage.evergrantLoad(revision, 'm1', options), stage.bareLoad(revision, options)];
  try {
    const before = await stage.gmail.calls();
    await alternate(seconds, sliceMs, [evergrant, bare]);
    const after = await stage.gmail.calls();
    const [ours, theirs] = [after.others - before.others, after.pasted - before.pasted];
    const made = [evergrant.requests, bare.requests];
    if (made[0] !== ours || made[1] !== theirs)
      throw new Error(`${made.join(' and ')} calls were ${ours} and ${theirs} of Gmail`);
    const rate = {
      name: `calls, ${revision}`,
      unit: '1/s',
      figure: evergrant.requestsPerSecond,
      ceiling: bare.requestsPerSecond,
      compare: 'ratio' as const,
      aim: '1.5 or more',
    };
    const processor = {
      name: `processor time of a call, ${revision}`,
      unit: 'µs',
      figure: evergrant.processorMicrosecondsOfRequest,
      ceiling: bare.processorMicrosecondsOfRequest,
      compare: 'ratio' as const,
    };
    return { measurements: [rate, processor], calls: ours };
  } finally {
    await Promise.all([evergrant.close(), bare.close()]);
  }
}

/** Calls that wait for Gmail most of their time, beside the same callers straight at Gmail. */
async function latenciesOf(stage: Stage, seconds: number): Promise<Measurement[]> {
  await stage.gmail.take(gmailMs);
  const path = '/gmail/v1/users/me/messages/m1?format=full';
  const options = { connections: callers, spreadMs: gmailMs };
  const evergrant = stage.evergrantLoad('2026-07-28', 'm1', options);
  const headers = { authorization: 'Bearer bench' };
  const gmail = new Load(stage.gmail.url, { path, headers }, options);
  try {
    await alternate(seconds, 10 * gmailMs, [evergrant, gmail]);
    const at = (percent: number): Measurement => ({
      name: `call while Gmail takes some ${gmailMs} ms, p${percent}`,
      unit: 'ms',
      figure: evergrant.latencies.percentileMs(percent),
      ceiling: gmail.latencies.percentileMs(percent),
      compare: 'difference',
      ...(percent === 99 ? { aim: 'under 5 ms more' } : {}),
    });
    return [at(50), at(99)];
  } finally {
    await Promise.all([evergrant.close(), gmail.close()]);
    await stage.gmail.take(0);
  }
}

/** The event loop of the process while one caller reads mails of some 5 MB, beside short ones. */
async function eventLoopBesideLargeMails(stage: Stage, seconds: number): Promise<Measurement> {
  const whileReading = async (messageId: string): Promise<number> => {
    const load = stage.evergrantLoad('2026-07-28', messageId, { connections: 1 });
    try {
      await eventLoopDelayMs(stage.evergrant.url);
      await load.slice((seconds * 1000) / 2);
      return await eventLoopDelayMs(stage.evergrant.url);
    } finally {
      await load.close();
    }
  };
  return {
    name: 'event loop while one caller reads mails of 5 MB, p99',
    unit: 'ms',
    ceiling: await whileReading('m1'),
    figure: await whileReading(largeMessageId),
    compare: 'difference',
    aim: 'under 25 ms',
  };
}
