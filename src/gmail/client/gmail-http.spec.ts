import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, Deadline } from '../../resilience/index.js';
import type { GmailQuota } from '../quota/gmail-quota.js';
import { QuotaCall } from '../quota/quota-call.js';
import type { QuotaMetrics } from '../quota/quota-metrics.js';
import { RequestFault } from '../faults/request-fault.js';
import { WorkerThreads } from '../threads/worker-threads.js';
import { GmailHttp, type GmailRequest } from './gmail-http.js';
import { GmailOptions } from './gmail-options.js';

const clock = new Clock();
const request: GmailRequest = {
  ...{ lane: { owner: 'tenant', lane: 'mailbox' }, api: 'labels.list', method: 'GET', path: 'labels' },
  call: new QuotaCall('mailbox', new Deadline(clock, 20_000)),
};

/** There are no units, now or later. */
function admit(_call: QuotaCall, _method: string, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason as Error)),
  );
}

it('A request that was paid for before is not paid for again, and the next one is', async () => {
  const paid: string[] = [];
  const quota = { admit: (_call: QuotaCall, method: string) => (paid.push(method), null) };
  const options = new GmailOptions('http://127.0.0.1:1');
  const threads = new WorkerThreads(1_000);
  const http = new GmailHttp(options, clock, threads, quota as unknown as GmailQuota, {} as QuotaMetrics);
  await http.prepay(request.call, request.api);
  for (const payments of [1, 2]) {
    await expect(http.send(request, 'token')).rejects.toThrow(RequestFault);
    expect(paid).toHaveLength(payments);
  }
  await http.onApplicationShutdown();
});

describe('A request that waits for units', () => {
  let http: GmailHttp;
  beforeEach(() => {
    const quota = { admit } as unknown as GmailQuota;
    const options = new GmailOptions('http://127.0.0.1:1');
    http = new GmailHttp(options, clock, new WorkerThreads(1_000), quota, {} as QuotaMetrics);
  });
  afterEach(() => http.onApplicationShutdown());

  it.each<[string, (client: AbortSignal) => Promise<unknown>]>([
    ['read', (client) => http.sendIdempotent(request, 'token', client)],
    ['download', (client) => http.download(request, 'token', async () => undefined, client)],
    [
      'send, which is not begun,',
      (signal) =>
        http.sendOnce(request, 'token', {
          signal,
          begun: () => {
            throw new Error('begun');
          },
        }),
    ],
  ])(
    'as a %s does so no longer than its client is there',
    async (_what, send) => {
      const client = new AbortController();
      const sent = send(client.signal);
      client.abort(new Error('hung up'));
      await expect(sent).rejects.toThrow('hung up');
    },
    2_000,
  );
});
