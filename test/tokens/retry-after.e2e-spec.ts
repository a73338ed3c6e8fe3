import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { ServiceWire } from '../harness/oauth/service-wire.js';
import { newMailbox } from '../harness/mailboxes.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

describe('a provider that answers Retry-After', () => {
  it('is left alone by every process and for every grant of the client, until it is over', async () => {
    const replica = await TestApp.start({}, { beside: app });
    const [asked, other] = [await newMailbox(app), await newMailbox(app)];
    await app.google.addFault({
      target: 'token',
      fault: { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '120' } },
    });
    await app.advance(3_600);
    expect((await accessToken(app, asked.id)).status).toBe(503);
    await app.google.clearFaults();

    const refused = await accessToken(replica, other.id);
    expect([refused.status, refused.body.reason]).toEqual([503, 'provider_retry_after']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(100);
    expect(await refreshesAtGoogle(app, other.account)).toBe(0);
    await app.advance(121);
    expect((await accessToken(replica, other.id)).status).toBe(200);
    await replica.stop();
  });
});

describe('an OAuth service that answers Retry-After itself', () => {
  it('keeps no refresh from the direct path', async () => {
    const service = await startService(app.environment);
    const serviceUrl = await service.getUrl();
    const wire = await ServiceWire.start(() => serviceUrl);
    wire.cutTokens({ kind: 'answer', status: 503, headers: { 'retry-after': '120' }, body: '{}' });
    const [single, other] = [await newMailbox(app), await newMailbox(app)];
    // What may be single-use is not presented directly while the service may have presented it.
    await app.dataSource.query('UPDATE mcp_credentials SET rotation_observed = (email = $1)', [
      single.account,
    ]);
    await app.advance(3_600);
    const behindIt = await TestApp.start({ OAUTH_SERVICE_URL: wire.url }, { beside: app });
    expect((await accessToken(behindIt, single.id)).status).toBe(503);
    const { status, body } = await accessToken(behindIt, other.id);
    expect([status, body.source]).toEqual([200, 'direct']);
    expect(await refreshesAtGoogle(app, single.account)).toBe(0);
    await behindIt.stop();
    await wire.close();
    await service.close();
  });
});

describe('a process that starts', () => {
  it('has the tokens in memory that were used last', async () => {
    const used = await newMailbox(app);
    await accessToken(app, used.id);
    const started = await TestApp.start({}, { beside: app });
    await until('memory is warm', () => started.log.some((line) => line.includes('are in memory')));
    expect((await accessToken(started, used.id)).body.source).toBe('cache');
    await started.stop();
  });
});
