import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Refreshed, RefreshRequest, Rejected } from '../../src/oauth/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { ChainStage } from './chain-stage.js';
import type { WireFault } from '../harness/oauth/service-wire.js';

let stage: ChainStage;
let request: RefreshRequest & { account: string };
beforeEach(async () => {
  stage = await ChainStage.start({ timeoutMs: 1_500 });
  await stage.google.configure({ rotation: 'rotate-and-revoke-family' });
  request = await stage.grant({ singleUse: true });
});
afterEach(() => stage.stop());

/** The token that came works: nothing spent was presented, and what the provider rotated was not lost. */
async function expectNothingLost(outcome: unknown): Promise<void> {
  expect(outcome).toMatchObject({ status: 'refreshed' });
  const { refreshToken } = (outcome as Refreshed).tokens;
  expect(refreshToken).not.toBeNull();
  expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
  stage.wire.mend();
  const next = { ...request, attemptId: 'next-attempt', refreshToken: refreshToken ?? '' };
  await expect(stage.exchange.refresh(next)).resolves.toMatchObject({ status: 'refreshed' });
  expect(await liveGrants(stage, request.account)).toBe(1);
}

describe('a refresh token that is spent by being presented', () => {
  it.each<WireFault>([{ kind: 'reset-after' }, { kind: 'hang-after' }])(
    'is not presented again when the answer gets lost ($kind): the service is asked what it was',
    async (fault) => {
      stage.wire.cut(fault);
      const outcome = await stage.exchange.refresh(request);
      expect(stage.wire.posts()).toBe(1);
      expect(outcome.path).toBe('oauth-service');
      await expectNothingLost(outcome);
    },
  );

  it('is waited for while the service still works on it', async () => {
    await stage.google.addFault({
      target: 'token',
      match: { account: request.account },
      fault: { kind: 'hold' },
      times: 1,
    });
    const pending = stage.exchange.refresh(request);
    await stage.google.heldRequests({ atLeast: 1 });
    await stage.wire.passed('GET', '/token/');
    await stage.google.release();
    await expectNothingLost(await pending);
  });

  it.each<WireFault>([{ kind: 'reset' }, { kind: 'hang' }])(
    'is not presented again when its use cannot be ruled out (%j), and the outcome is called unknown',
    async (fault) => {
      stage.wire.cutTokens(fault);
      await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
        status: 'unavailable',
        path: 'oauth-service',
        errorCode: 'SERVICE_UNAVAILABLE',
        reason: 'outcome_unknown',
        provablyNotSent: false,
      });
      expect(stage.wire.posts()).toBe(1);
      expect(await refreshesAtGoogle(stage, request.account)).toBe(0);
      expect(stage.fallbacks).toEqual([]);
    },
  );

  it('is presented directly when the service provably never got it', async () => {
    await stage.wire.close();
    const outcome = await stage.exchange.refresh(request);
    expect(outcome).toMatchObject({ status: 'refreshed', path: 'direct' });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
  });

  it('is not presented directly when the provider got it and gave no answer', async () => {
    await stage.google.addFault({
      target: 'token',
      match: { account: request.account },
      fault: { kind: 'reset-after' },
    });
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'unavailable',
      path: 'oauth-service',
      errorCode: 'NETWORK_ERROR',
      reason: 'connection_reset',
      provablyNotSent: false,
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
    expect(await liveGrants(stage, request.account)).toBe(1);
  });

  it('gets no second opinion', async () => {
    const verdict: Rejected = {
      status: 'rejected',
      path: 'oauth-service',
      errorCode: 'INVALID_REFRESH_TOKEN',
      reason: 'invalid_grant',
    };
    await expect(stage.exchange.confirm(request, verdict)).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'single_use_token',
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(0);
  });
});

describe('a code, which is spent by being redeemed,', () => {
  it('goes through the service', async () => {
    await expect(stage.exchange.exchangeCode(await stage.code())).resolves.toMatchObject({
      status: 'exchanged',
      path: 'oauth-service',
    });
  });

  it('goes directly when the service provably never got it', async () => {
    await stage.wire.close();
    await expect(stage.exchange.exchangeCode(await stage.code())).resolves.toMatchObject({
      status: 'exchanged',
      path: 'direct',
    });
  });

  it('is not redeemed again when the answer gets lost', async () => {
    stage.wire.cut({ kind: 'reset-after' });
    await expect(stage.exchange.exchangeCode(await stage.code())).resolves.toMatchObject({
      status: 'unavailable',
      reason: 'outcome_unknown',
      provablyNotSent: false,
    });
    expect(stage.wire.posts()).toBe(1);
    expect(stage.fallbacks).toEqual([]);
  });
});
