import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { accessToken } from '../harness/access-tokens.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { ServiceWire } from '../harness/oauth/service-wire.js';

let app: TestApp;
let service: NestFastifyApplication;
let wire: ServiceWire;
let instance: CreatedInstance;
beforeAll(async () => {
  let serviceUrl = '';
  wire = await ServiceWire.start(() => serviceUrl);
  app = await TestApp.start({ OAUTH_SERVICE_URL: wire.url });
  service = await startService(app.environment);
  serviceUrl = await service.getUrl();
  instance = await app.connectedInstance();
});
afterAll(async () => {
  await app.stop();
  await wire.close();
  await service.close();
});

async function expiredTokenSource(): Promise<unknown> {
  await app.advance(3600);
  const { status, body } = await accessToken(app, instance.id);
  expect(status).toBe(200);
  return body.source;
}

describe('an expired access token', () => {
  it('is refreshed through the OAuth service while that is well', async () => {
    expect(await expiredTokenSource()).toBe('oauth-service');
  });

  it('is refreshed directly once the OAuth service is dead, and the process stays ready', async () => {
    await wire.close();
    expect(await expiredTokenSource()).toBe('direct');
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  });
});
