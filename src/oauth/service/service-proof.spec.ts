import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from '../../resilience/index.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { HelloMac } from './hello-mac.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import type { OAuthServiceClient, ServiceRequest } from './oauth-service-client.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';
import { ServiceProof } from './service-proof.js';

class HandClock extends Clock {
  nowMs = 0;
  override monotonicMs(): number {
    return this.nowMs;
  }
}

const token = 'a-token-that-is-shared-0123456789abcdef';
const mac = new HelloMac(token);
const reset = serviceFailure('connection_reset', { provablyNotSent: false, serviceFailed: 'for-now' });

function answered(httpStatus: number, body: object): HttpAnswer {
  return { status: 'answered', httpStatus, headers: new Headers(), body: JSON.stringify(body) };
}

/** What our own service answers. */
function ours({ authorization }: Record<string, string>): HttpAnswer {
  return answered(200, { proof: mac.proof(mac.challengeIn(authorization)!) });
}

let clock: HandClock;
let answer: (headers: Record<string, string>) => HttpAnswer | ServiceFailure | Promise<HttpAnswer>;
let sent: ServiceRequest[];
let disconnect: () => void;
let proof: ServiceProof;

beforeEach(() => {
  Logger.overrideLogger(false);
  clock = new HandClock();
  answer = ours;
  sent = [];
  const client: Pick<OAuthServiceClient, 'send' | 'onDisconnected'> = {
    send: async (request, headers) => {
      sent.push(request);
      return answer(headers);
    },
    onDisconnected: (listener) => (disconnect = listener),
  };
  const options = new OAuthServiceClientOptions('http://localhost:3001', token, 1_000);
  proof = new ServiceProof(client as OAuthServiceClient, options, clock);
});

function lacking(deadline = new AbortController().signal) {
  return proof.lacking(deadline);
}

describe('the proof of the OAuth service', () => {
  it('is asked for once by all who need it at the same time', async () => {
    expect(await Promise.all(Array.from({ length: 20 }, () => lacking()))).toEqual(Array(20).fill(null));
    expect(sent).toEqual([{ method: 'GET', url: '/hello' }]);
  });

  it('is remembered for a minute', async () => {
    await lacking();
    clock.nowMs = 59_999;
    await lacking();
    expect(sent).toHaveLength(1);
    clock.nowMs = 60_000;
    await lacking();
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['a connection ends', () => disconnect()],
    ['an answer is not that of our service', () => proof.forget()],
  ])('is forgotten when %s', async (_what, happens) => {
    await lacking();
    happens();
    answer = () => answered(404, {});
    expect(await lacking()).toMatchObject({ reason: 'oauth_service_http_404', provablyNotSent: true });
  });

  it('is not remembered when a connection ended while it was given', async () => {
    answer = (headers) => {
      disconnect();
      return ours(headers);
    };
    expect(await lacking()).toBeNull();
    await lacking();
    expect(sent).toHaveLength(2);
  });

  it('is not had by sending an earlier answer again', async () => {
    const answers: HttpAnswer[] = [];
    answer = (headers) => {
      answers.push(ours(headers));
      return answers[0]!;
    };
    expect(await lacking()).toBeNull();
    proof.forget();
    expect(await lacking()).toMatchObject({ reason: 'oauth_service_wrong_proof', provablyNotSent: true });
  });

  it('is asked for anew after it was lacking', async () => {
    answer = () => reset;
    expect(await lacking()).toEqual({ ...reset, provablyNotSent: true });
    answer = ours;
    expect(await lacking()).toBeNull();
  });

  it('is not waited for longer than the request has', async () => {
    answer = () => new Promise(() => undefined);
    const deadline = new AbortController();
    const waiting = lacking(deadline.signal);
    deadline.abort();
    expect(await waiting).toMatchObject({ reason: 'oauth_service_deadline_exceeded', provablyNotSent: true });
    expect(await lacking(AbortSignal.abort())).not.toBeNull();
  });
});
