import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RunningEvergrant } from '../../src/startup/start-evergrant.js';
import { freePort, until } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';
import { startOutage } from '../harness/database/database-outage.js';
import { startOAuthRole } from '../harness/oauth/oauth-service.js';

let app: TestApp;
let oauthService: RunningEvergrant;
let oauthServicePort: number;

beforeEach(async () => {
  oauthServicePort = await freePort();
  oauthService = await startOAuthRole(oauthServicePort);
  app = await TestApp.start({ OAUTH_SERVICE_URL: `http://localhost:${oauthServicePort}` });
});
afterEach(async () => {
  jest.useRealTimers();
  await app.stop();
  await oauthService.stop();
});

/** All of jest's timers but those that the breaker's recovery goes by. */
const notTheBreakers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

interface Probe {
  status: number;
  text: string;
  body: Record<string, unknown>;
}

async function probe(path: string, baseUrl = app.url): Promise<Probe> {
  const response = await fetch(baseUrl + path);
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

describe('a process with a database', () => {
  it('is live, ready and ok without a key, while all is well', async () => {
    expect(await probe('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await probe('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await probe('/health')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: {
          database: { status: 'up' },
          oauthService: { status: 'up', answers: true, breaker: 'closed' },
        },
      },
    });
  });

  it('is ready, but degraded, while the OAuth service is down', async () => {
    await oauthService.stop();

    expect(await probe('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await probe('/health')).toMatchObject({
      status: 200,
      body: { status: 'degraded', details: { oauthService: { status: 'degraded', answers: false } } },
    });
  });

  it('is degraded while the breaker is open, though the OAuth service is back, and comes to ok by itself', async () => {
    const { id } = await app.connectedInstance();
    // They go as ever, until the ten seconds are passed by hand.
    jest.useFakeTimers({ advanceTimers: true, doNotFake: [...notTheBreakers] });
    await oauthService.stop();
    for (let failure = 0; failure < 5; failure += 1) {
      expect((await refresh(app, id)).body).toMatchObject({
        source: 'direct',
      });
    }
    oauthService = await startOAuthRole(oauthServicePort);

    expect(await probe('/health')).toMatchObject({
      status: 200,
      body: {
        status: 'degraded',
        details: { oauthService: { status: 'degraded', answers: true, breaker: 'open' } },
      },
    });

    jest.advanceTimersByTime(10_200);
    await until('the breaker has closed', async () => (await probe('/health')).body.status === 'ok');
  });

  it('is not ready while the database is away, says so in the error fields, and comes back with it', async () => {
    const end = await startOutage(app.environment.DATABASE_URL ?? '');

    expect((await probe('/health/live')).status).toBe(200);
    for (const path of ['/health/ready', '/health']) {
      const { status, text, body } = await probe(path);
      expect(status).toBe(503);
      expect(Object.keys(body).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
      expect(body).toMatchObject({
        instanceId: null,
        errorCode: 'SERVICE_UNAVAILABLE',
        requiresReauth: false,
        reason: 'database_unavailable',
        details: { database: { status: 'down' } },
      });
      // The driver's message names the database.
      expect(text).not.toContain('evergrant_test');
    }

    await end();
    expect((await probe('/health/ready')).status).toBe(200);
  });
});

it('is live, ready and ok in the OAuth service alone, which has no database', async () => {
  const url = `http://localhost:${oauthServicePort}`;
  for (const path of ['/health/live', '/health/ready', '/health']) {
    expect(await probe(path, url)).toMatchObject({ status: 200, body: { status: 'ok' } });
  }
});
