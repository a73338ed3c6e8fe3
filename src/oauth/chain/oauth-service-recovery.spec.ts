import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Hello } from '../service/classify-hello.js';
import { serviceFailure } from '../service/service-failure.js';
import { ServiceProof } from '../service/service-proof.js';
import { ExchangeEvents } from './exchange-events.js';
import { OAuthServiceBreaker } from './oauth-service-breaker.js';
import { OAuthServiceRecovery } from './oauth-service-recovery.js';

const well: Hello = { status: 'proven' };
const refused = serviceFailure('connection_refused', { provablyNotSent: true, serviceFailed: 'for-now' });
const stranger = serviceFailure('http_404', { provablyNotSent: true, serviceFailed: 'for-good' });

let answer: () => Promise<Hello>;
let asked: number;
let module: TestingModule;
let breaker: OAuthServiceBreaker;

beforeEach(async () => {
  jest.useFakeTimers();
  Logger.overrideLogger(false);
  asked = 0;
  const proof: Pick<ServiceProof, 'ask'> = {
    ask: () => {
      asked += 1;
      return answer();
    },
  };
  module = await Test.createTestingModule({
    providers: [
      OAuthServiceBreaker,
      ExchangeEvents,
      OAuthServiceRecovery,
      { provide: ServiceProof, useValue: proof },
    ],
  }).compile();
  breaker = module.get(OAuthServiceBreaker);
});
afterEach(async () => {
  await module.close();
  jest.useRealTimers();
});

function fail() {
  return breaker.run(async () => refused);
}

async function open(): Promise<void> {
  for (let failure = 0; failure < 5; failure += 1) await fail();
  expect(breaker.state).toBe('open');
}
function pass(seconds: number) {
  return jest.advanceTimersByTimeAsync(seconds * 1000);
}

describe('a breaker that is open', () => {
  it('closes by itself when the OAuth service is back, also when no token is asked for', async () => {
    answer = async () => well;
    await open();
    await pass(9);
    expect([breaker.state, asked]).toEqual(['open', 0]);
    await pass(2);
    expect([breaker.state, asked]).toEqual(['closed', 1]);
    await pass(60);
    expect(asked).toBe(1);
  });

  it.each<[string, Hello]>([
    ['is still gone', { status: 'unproven', failure: refused, variable: null }],
    ['does not prove to be ours', { status: 'unproven', failure: stranger, variable: 'OAUTH_SERVICE_URL' }],
  ])('stays open while what is there %s, and it is asked every ten seconds', async (_what, wrong) => {
    answer = async () => wrong;
    await open();
    await pass(35);
    expect([breaker.state, asked]).toEqual(['open', 3]);
    answer = async () => well;
    await pass(11);
    expect(breaker.state).toBe('closed');
  });

  it('tells who comes meanwhile at once to go another way', async () => {
    let tell: (answer: Hello) => void = () => undefined;
    answer = () => new Promise((resolve) => (tell = resolve));
    await open();
    await pass(11);
    expect(breaker.state).toBe('half-open');
    const call = jest.fn(async () => well);
    await expect(breaker.run(call)).resolves.toMatchObject({ reason: 'oauth_service_breaker_open' });
    expect(call).not.toHaveBeenCalled();
    tell(well);
    await pass(0);
    expect(breaker.state).toBe('closed');
  });

  it('is never tried by who wants a token, not even when its time is over', async () => {
    answer = async () => ({ status: 'unproven', failure: refused, variable: null });
    await open();
    jest.setSystemTime(Date.now() + 10_050);
    const call = jest.fn(async () => well);
    await breaker.run(call);
    expect([breaker.state, call.mock.calls]).toEqual(['open', []]);
  });

  it('once closed again, opens at the first failure, and after a success at the fifth', async () => {
    answer = async () => well;
    await open();
    await pass(11);
    await fail();
    expect(breaker.state).toBe('open');
    await pass(11);
    await breaker.run(async () => well);
    await fail();
    expect(breaker.state).toBe('closed');
  });
});

it('leaves no timer behind at a shutdown, not even when the breaker opens while requests are finished', async () => {
  await open();
  expect(jest.getTimerCount()).toBe(1);
  module.get(OAuthServiceRecovery).onModuleDestroy();
  expect(jest.getTimerCount()).toBe(0);
  jest.setSystemTime(Date.now() + 10_001);
  await breaker.tryAgain(async () => refused);
  expect([breaker.state, jest.getTimerCount()]).toEqual(['open', 0]);
});
