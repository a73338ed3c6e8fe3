import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { Stranger } from '../harness/oauth/stranger.js';
import { Deployment, serviceToken, type Member } from './deployment.js';

// Processes take their time to start on a busy machine.
jest.setTimeout(90_000);

let deployment: Deployment;
let stranger: Stranger | undefined;
beforeEach(async () => void (deployment = await Deployment.start()));
afterEach(async () => {
  await deployment.stop();
  await stranger?.close();
  stranger = undefined;
});

/** A mailbox that adopted a refresh token, and the secrets that belong to it. */
async function adoptedMailbox(api: Member): Promise<{ id: string; secrets: string[] }> {
  const request = await deployment.refreshRequest('adopted@sandbox.test');
  const { refreshToken, clientSecret } = request;
  const { id } = await deployment.request<{ id: string }>(api, 'POST', '/api/instances', { name: 'Adopted' });
  const path = `/api/instances/${id}/credentials`;
  const adopted = await deployment.request(api, 'PUT', path, { refreshToken });
  expect(adopted).toMatchObject({ status: 200, oauthStatus: 'completed' });
  return { id, secrets: [String(refreshToken), String(clientSecret), serviceToken] };
}

async function oauthServiceHealth(api: Member): Promise<unknown> {
  const health = (await (await fetch(`${api.url}/health`)).json()) as {
    details: Record<'oauthService', unknown>;
  };
  return health.details.oauthService;
}

describe('a program of others on the port of the OAuth service', () => {
  it('gets no secret, the mailbox works without it, and /health says which variable is wrong', async () => {
    stranger = await Stranger.listen();
    const api = await deployment.publicApi({ OAUTH_SERVICE_URL: stranger.url });
    expect(await oauthServiceHealth(api)).toEqual({
      status: 'degraded',
      answers: false,
      breaker: 'closed',
      reason: 'oauth_service_malformed_response',
      variable: 'OAUTH_SERVICE_URL',
    });
    const { id, secrets } = await adoptedMailbox(api);
    expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, source: 'direct' });
    await deployment.mailbox(api, 'by-consent@sandbox.test');
    await (await fetch(`${api.url}/metrics`)).text();

    expect(stranger.heard).toContain('GET /hello');
    for (const secret of secrets) expect(stranger.heard).not.toContain(secret);
    expect(stranger.heard).not.toMatch(/POST|Bearer/);
    expect(api.process.stdout).toContain('OAUTH_SERVICE_URL: what answers there is not our OAuth service');
  });

  it('that takes the port over gets none either, though the proof was given a moment ago', async () => {
    const [service, api] = await Promise.all([deployment.oauthService(), deployment.publicApi()]);
    const { id, secrets } = await adoptedMailbox(api);
    expect(await deployment.refresh(api, id)).toMatchObject({ source: 'oauth-service' });
    await service.process.stop('SIGKILL');
    stranger = await Stranger.listen(undefined, Number(new URL(service.url).port));
    expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, source: 'direct' });
    expect(stranger.heard).toContain('GET /hello');
    for (const secret of secrets) expect(stranger.heard).not.toContain(secret);
  });
});

it('a process with the role asks its own OAuth service, whatever port that has', async () => {
  const api = await deployment.publicApi({
    ROLES: 'api,oauth',
    OAUTH_SERVICE_PORT: String(await freePort()),
    OAUTH_SERVICE_URL: '',
  });
  const id = await deployment.mailbox(api, 'own-port@sandbox.test');
  expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, source: 'oauth-service' });
  expect(await oauthServiceHealth(api)).toEqual({ status: 'up', answers: true, breaker: 'closed' });
});

it('a wrong OAUTH_SERVICE_TOKEN shows on /health before any token is asked for, and costs no refresh', async () => {
  const [, api] = await Promise.all([
    deployment.oauthService(),
    deployment.publicApi({ OAUTH_SERVICE_TOKEN: 'mistyped-token-of-a-deployment-0123456789' }),
  ]);
  expect(await oauthServiceHealth(api)).toEqual({
    status: 'degraded',
    answers: false,
    breaker: 'closed',
    reason: 'oauth_service_http_401',
    variable: 'OAUTH_SERVICE_TOKEN',
  });
  const id = await deployment.mailbox(api, 'mistyped@sandbox.test');
  expect(await deployment.refresh(api, id)).toMatchObject({ status: 200, source: 'direct' });
  expect(api.process.stdout).toContain('OAUTH_SERVICE_TOKEN: the OAuth service has another one');
});
