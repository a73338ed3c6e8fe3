import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import type { RunningEvergrant } from '../../src/startup/start-evergrant.js';
import { refresh } from '../harness/access-tokens.js';
import { startOAuthRole } from '../harness/oauth/oauth-service.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

interface HistoryEvent {
  event: string;
  trigger: string | null;
  outcome: string;
  path: string | null;
  errorCode: string | null;
  reason: string | null;
  attemptId: string | null;
  generation: number;
  refreshVersion: number;
  refreshTokenFingerprint: string | null;
  durationMs: number | null;
}

const ownClient = { clientId: '300000000009-history.apps.sandbox.test', clientSecret: 'own-secret' };
const readOnly = 'https://www.googleapis.com/auth/gmail.readonly';
const modify = 'https://www.googleapis.com/auth/gmail.modify';

let app: TestApp;
let service: RunningEvergrant;
let servicePort: number;
beforeAll(async () => {
  servicePort = await freePort();
  app = await TestApp.start({ OAUTH_SERVICE_URL: `http://localhost:${servicePort}` });
  await app.google.registerClient({ ...ownClient, redirectUris: [`${app.url}/oauth/callback`] });
  service = await startService();
});
afterAll(async () => {
  await app.stop();
  await service.stop();
});
afterEach(async () => {
  await app.google.clearFaults();
  await app.google.configure({ rotation: 'none' });
});

function startService(): Promise<RunningEvergrant> {
  const { GOOGLE_TOKEN_URL } = app.environment;
  return startOAuthRole(servicePort, { GOOGLE_CLIENT_ID: sandboxClientId, GOOGLE_TOKEN_URL });
}

/** The whole story of an instance's grant, by one request, told from its beginning. */
async function story(id: string): Promise<HistoryEvent[]> {
  const { body } = await app.api<{ items: HistoryEvent[]; nextCursor: string | null }>(
    'GET',
    `/api/instances/${id}/events`,
  );
  expect(body.nextCursor).toBeNull();
  return body.items.reverse();
}

function told(events: HistoryEvent[]) {
  return events.map(({ event, outcome }) => `${event} ${outcome}`);
}

describe('the history of a grant', () => {
  it('tells of an attempt whose outcome is unknown, and how it was settled', async () => {
    await app.google.configure({ rotation: 'rotate-and-revoke-family' });
    await app.google.addAccount({ email: 'unknown@sandbox.test' });
    const { id } = await app.connectedInstance({ account: 'unknown@sandbox.test' });
    await refresh(app, id);
    await app.google.addFault({ target: 'token', times: 1, fault: { kind: 'reset' } });
    await refresh(app, id);
    // A service that was started anew does not know what became of it.
    await service.stop();
    service = await startService();
    await refresh(app, id);

    const events = await story(id);
    expect(told(events)).toEqual([
      'consent completed',
      'refresh refreshed',
      'refresh unknown',
      'refresh refreshed',
    ]);
    const [, rotated, unknown, settled] = events;
    expect(unknown).toMatchObject({
      trigger: 'forced',
      path: 'oauth-service',
      errorCode: 'NETWORK_ERROR',
      reason: 'connection_reset',
      durationMs: expect.any(Number),
    });
    // Forcing a refresh in spite of the doubt begins another attempt.
    expect(settled!.attemptId).not.toBe(unknown!.attemptId);
    expect(rotated!.attemptId).not.toBe(unknown!.attemptId);
  });

  it('lets a refresh token be followed from its coming to its end', async () => {
    await app.google.configure({ rotation: 'rotate-and-revoke-family' });
    await app.google.addAccount({ email: 'followed@sandbox.test' });
    const { id } = await app.connectedInstance({ account: 'followed@sandbox.test' });
    await refresh(app, id);
    await app.google.revokeGrants({ account: 'followed@sandbox.test' });
    await refresh(app, id);
    await app.advance(61);
    await refresh(app, id);
    await app.connect(id, { account: 'followed@sandbox.test' });

    const events = await story(id);
    expect(told(events).filter((each) => each !== 'verdict suspect')).toEqual([
      'consent completed',
      'refresh refreshed',
      'refresh rejected',
      'refresh rejected',
      'verdict failed',
      'consent completed',
    ]);
    const [first, second, ...rest] = events.map((event) => event.refreshTokenFingerprint);
    const last = rest.pop();
    expect(new Set([first, second, last]).size).toBe(3);
    expect(rest).toEqual(rest.map(() => second));
    expect([first, second, last]).toEqual([1, 2, 3].map(() => expect.stringMatching(/^[\w-]{16}$/)));
  });

  it('names the one refresh token of a grant that does not rotate, with every event', async () => {
    await app.google.addAccount({ email: 'steady@sandbox.test' });
    const { id } = await app.connectedInstance({ account: 'steady@sandbox.test' });
    for (let round = 0; round < 3; round += 1) await refresh(app, id);
    const fingerprints = (await story(id)).map((event) => event.refreshTokenFingerprint);
    expect(fingerprints).toHaveLength(4);
    expect(fingerprints).toEqual(fingerprints.map(() => expect.stringMatching(/^[\w-]{16}$/)));
    expect(new Set(fingerprints).size).toBe(1);
  });

  it('says that a client’s secret was replaced, between the refresh that failed and the one that did not', async () => {
    await app.google.addAccount({ email: 'mended@sandbox.test' });
    const { id } = await app.createInstance(ownClient);
    await app.connect(id, { account: 'mended@sandbox.test' });
    await app.api('PATCH', `/api/instances/${id}`, { clientSecret: 'a-slip' });
    await refresh(app, id);
    await app.api('PATCH', `/api/instances/${id}`, { clientSecret: ownClient.clientSecret });
    await refresh(app, id);
    expect(told(await story(id))).toEqual([
      'consent completed',
      'client secret_replaced',
      'refresh rejected',
      'client secret_replaced',
      'refresh refreshed',
    ]);
  });

  it('says that another client was chosen, which the grant itself does not use yet', async () => {
    await app.google.addAccount({ email: 'choosing@sandbox.test' });
    const { id } = await app.connectedInstance({ account: 'choosing@sandbox.test' });
    await app.api('PATCH', `/api/instances/${id}`, { ...ownClient, name: 'Renamed' });
    await app.api('PATCH', `/api/instances/${id}`, { name: 'Renamed again' });
    expect(told(await story(id))).toEqual(['consent completed', 'client chosen_for_next_consent']);
  });

  it('says that a consent for less left the grant as it was', async () => {
    await app.google.addAccount({ email: 'wide@sandbox.test' });
    const { id } = await app.createInstance({ scopes: [modify] });
    await app.connect(id, { account: 'wide@sandbox.test' });
    await app.api('PATCH', `/api/instances/${id}`, { scopes: [readOnly] });
    await app.connect(id, { account: 'wide@sandbox.test' });
    expect(told(await story(id))).toEqual([
      'consent completed',
      'refresh refreshed',
      'consent wider_grant_kept',
    ]);
  });
});
