import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { Deployment, type Member } from './deployment.js';

// Budgets of real processes add up: their clocks cannot be moved.
jest.setTimeout(90_000);

const account = 'past-the-service@sandbox.test';

let deployment: Deployment;
let api: Member;
beforeAll(async () => {
  deployment = await Deployment.start();
  // Google refuses the OAuth service's connections, so each refresh is provably not sent by it, and goes out directly.
  const nowhere = `http://127.0.0.1:${await freePort()}/token`;
  [, api] = await Promise.all([
    deployment.oauthService({ GOOGLE_TOKEN_URL: nowhere }),
    deployment.publicApi(),
  ]);
  await deployment.google.configure({ rotation: 'rotate-and-revoke-family' });
});
afterAll(() => deployment.stop());

describe('a refresh that the OAuth service could not send, and whose holder was killed while it asked Google itself,', () => {
  it('is not called unsent: its spent token is not presented again', async () => {
    const id = await deployment.mailbox(api, account);
    expect(await deployment.refresh(api, id)).toMatchObject({ source: 'direct' });
    await deployment.holdRefreshes();
    const abandoned = deployment.refresh(api, id).catch(() => null);
    await deployment.google.heldRequests({ atLeast: 1 });
    await api.process.stop('SIGKILL');
    await abandoned;
    await deployment.releaseRefreshes();
    await until(
      'Google has spent the token',
      async () => (await refreshesAtGoogle(deployment, account)) === 2,
    );

    // The lease of the dead process has to lapse, and the access token with it.
    await deployment.advance(3600);
    const survivor = await deployment.replica();
    for (const time of ['first', 'second', 'third']) {
      const { status, requiresReauth } = await deployment.accessToken(survivor, id);
      expect([time, status, requiresReauth]).toEqual([time, 503, false]);
      await deployment.advance(60);
    }
    expect(await refreshesAtGoogle(deployment, account)).toBe(2);
    expect(await liveGrants(deployment, account)).toBe(1);
  });
});
