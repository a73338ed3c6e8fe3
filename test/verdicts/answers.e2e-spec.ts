import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freePort } from '../../sandbox/index.js';
import { accessToken, type TokenAnswer } from '../harness/access-tokens.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { oauthError, patchedAnswer, type Fault } from '../harness/oauth/token-faults.js';
import { TestApp, type Answer } from '../harness/test-app.js';

function html(status: number): Fault {
  return { kind: 'html', status, body: '<html></html>' };
}

/** Which way a refresh goes: the OAuth service works, or it is dead. */
const paths = ['oauth-service', 'direct'] as const;
type Path = (typeof paths)[number];

const levels = { info: 30, warn: 40, error: 50 } as const;

/** What a refresh comes to, and how often Google is asked. Only three codes ask for a person. */
interface Consequence {
  errorCode: string;
  status: number;
  level: keyof typeof levels;
  calls: Record<Path, number>;
}

const once = { 'oauth-service': 1, direct: 1 };
/** Confirmed over the other path, unless that is dead. */
const deadGrant: Consequence = {
  ...{ errorCode: 'INVALID_REFRESH_TOKEN', status: 401, level: 'warn' },
  calls: { 'oauth-service': 2, direct: 1 },
};
const deploymentClient: Consequence = {
  ...{ errorCode: 'DEPLOYMENT_CLIENT_REJECTED', status: 503, level: 'error' },
  calls: once,
};
const ownClient: Consequence = { ...deploymentClient, errorCode: 'INVALID_CLIENT', status: 401 };
/** Asked for three times, and once more directly after the OAuth service has done so. */
const transient: Consequence = {
  ...{ errorCode: 'SERVICE_UNAVAILABLE', status: 503, level: 'error' },
  calls: { 'oauth-service': 4, direct: 3 },
};

const table: [string, Fault, Consequence, ('own client' | 'deployment client')?][] = [
  ['invalid_grant', oauthError(400, 'invalid_grant'), deadGrant],
  ['invalid_rapt', oauthError(400, 'invalid_grant', { error_subtype: 'invalid_rapt' }), deadGrant],
  [
    'invalid_scope',
    oauthError(400, 'invalid_scope'),
    { errorCode: 'INSUFFICIENT_SCOPE', status: 403, level: 'warn', calls: once },
  ],
  [
    'admin_policy_enforced',
    oauthError(400, 'admin_policy_enforced'),
    { errorCode: 'ADMIN_BLOCKED', status: 403, level: 'warn', calls: once },
  ],
  ['invalid_client', oauthError(401, 'invalid_client'), deploymentClient],
  ['deleted_client', oauthError(401, 'deleted_client'), deploymentClient],
  ['unauthorized_client', oauthError(400, 'unauthorized_client'), deploymentClient],
  ['unsupported_grant_type', oauthError(400, 'unsupported_grant_type'), deploymentClient],
  ['invalid_client to a client of the instance', oauthError(401, 'invalid_client'), ownClient, 'own client'],
  ['deleted_client to a client of the instance', oauthError(401, 'deleted_client'), ownClient, 'own client'],
  [
    'invalid_request',
    oauthError(400, 'invalid_request'),
    {
      ...{ errorCode: 'INVALID_REQUEST', status: 400, level: 'warn' },
      calls: { 'oauth-service': 2, direct: 2 },
    },
  ],
  ['429', oauthError(429, 'rate_limit_exceeded'), transient],
  [
    '429 with a Retry-After beyond the time limit',
    { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '120' } },
    { ...transient, calls: once },
  ],
  ['500', oauthError(500, 'internal_failure'), transient],
  ['503 that says invalid_grant', oauthError(503, 'invalid_grant'), transient],
  ['502 HTML', html(502), transient],
  ['403 HTML', html(403), transient],
  ['a redirect', html(302), transient],
  ['a DPoP nonce', oauthError(400, 'use_dpop_nonce'), transient],
  [
    'an unknown code',
    oauthError(400, 'brand_new_error'),
    { ...transient, calls: { 'oauth-service': 2, direct: 1 } },
  ],
  ['no access_token', patchedAnswer({}, ['access_token']), transient],
  ['no expires_in', patchedAnswer({}, ['expires_in']), transient],
  ['expires_in 0', patchedAnswer({ expires_in: 0 }), transient],
  ['a negative expires_in', patchedAnswer({ expires_in: -1 }), transient],
  ['expires_in as a string', patchedAnswer({ expires_in: '3599' }), transient],
  ['no JSON', { kind: 'non-json' }, transient],
  ['an empty 200', { kind: 'empty' }, transient],
  ['half an answer', { kind: 'truncated' }, transient],
  ['a reset connection', { kind: 'reset' }, { ...transient, errorCode: 'NETWORK_ERROR', level: 'warn' }],
];
const asksForAPerson = new Set(['INVALID_REFRESH_TOKEN', 'INVALID_CLIENT', 'INSUFFICIENT_SCOPE']);

interface Held {
  id: string;
  verdict: string;
  errorCode: string | null;
  /** The sealed tokens and their expiry, exactly as they are stored, and the status. */
  tokens: unknown[];
}

interface Mailbox {
  id: string;
  account: string;
  before: Held;
}

const apps = {} as Record<Path, TestApp>;
const answers = new Map<string, Mailbox & { refused: Answer<TokenAnswer> }>();
let service: NestFastifyApplication;
let mailboxes = 0;

async function held(id: string): Promise<Held> {
  const [row] = await apps.direct.dataSource.query<Held[]>(
    `SELECT id, verdict, error_code AS "errorCode",
            ARRAY[access_token, refresh_token, token_expires_at::text, oauth_status::text] AS tokens
     FROM mcp_credentials WHERE id = (SELECT credential_id FROM mcp_instances WHERE id = $1)`,
    [id],
  );
  return row!;
}

async function mailbox(client: Record<string, string> = {}): Promise<Mailbox> {
  const account = `answered${++mailboxes}@sandbox.test`;
  await apps.direct.google.addAccount({ email: account });
  const { id } = await apps.direct.createInstance(client);
  await apps.direct.connect(id, { account });
  return { id, account, before: await held(id) };
}

async function broughtClient(): Promise<Record<string, string>> {
  const brought = { clientId: `7${mailboxes}-brought.apps.sandbox.test`, clientSecret: 'brought-secret' };
  const redirectUris = [`${apps.direct.url}/oauth/callback`];
  await apps.direct.google.registerClient({ ...brought, redirectUris });
  return brought;
}

/** All at once, each with an account of its own: most of the time is pauses between attempts. */
beforeAll(async () => {
  apps.direct = await TestApp.start();
  const { environment, google } = apps.direct;
  service = await startService(environment);
  const variables = { OAUTH_SERVICE_URL: await service.getUrl() };
  apps['oauth-service'] = await TestApp.start(variables, { beside: apps.direct });
  const cases: [Path, string, Mailbox][] = [];
  for (const path of paths) {
    for (const [what, fault, { errorCode }] of table) {
      // Breakers and gates are a client's: each case has one of its own, where the deployment's is not the point.
      const asked = await mailbox(errorCode === 'DEPLOYMENT_CLIENT_REJECTED' ? {} : await broughtClient());
      await google.addFault({
        target: 'token',
        match: { account: asked.account, grantType: 'refresh_token' },
        fault,
      });
      cases.push([path, what, asked]);
    }
  }
  await apps.direct.advance(3600);
  await Promise.all(
    cases.map(async ([path, what, asked]) => {
      const refused = await accessToken(apps[path], asked.id);
      answers.set(`${path} ${what}`, { ...asked, refused });
    }),
  );
}, 60_000);
afterAll(async () => {
  await apps['oauth-service'].stop();
  await service.close();
  await apps.direct.stop();
});

describe.each(paths)('a refresh by the path %s that Google answers with', (path) => {
  it.each(table)('%s comes to its code, status and log level, and clears no token', async (...row) => {
    const [what, , { errorCode, status, level, calls }] = row;
    const { id, account, before, refused } = answers.get(`${path} ${what}`)!;
    expect([refused.status, refused.body.errorCode]).toEqual([status, errorCode]);
    expect(refused.body).toMatchObject({ instanceId: id, requiresReauth: asksForAPerson.has(errorCode) });
    expect(refused.headers.has('retry-after')).toBe(status === 503);
    expect(await refreshesAtGoogle(apps.direct, account)).toBe(calls[path]);

    // Nest logs for all applications of a process where the last one wants it.
    const lines = [...apps.direct.log, ...apps['oauth-service'].log]
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg, credentialId }) => msg === 'Access token not refreshed' && credentialId === before.id);
    expect(lines.map((line) => [line.level, line.errorCode])).toEqual([[levels[level], errorCode]]);
    const verdict = errorCode === 'INVALID_REFRESH_TOKEN' ? 'suspect' : 'active';
    expect(await held(id)).toEqual({ ...before, verdict, errorCode });
  });

  it('its tokens, though slowly, is waited for', async () => {
    const { id, account } = await mailbox();
    const match = { account, grantType: 'refresh_token' };
    await apps.direct.advance(3600);
    await apps.direct.google.addFault({ target: 'token', match, fault: { kind: 'delay', delayMs: 1_500 } });
    const { status, body } = await accessToken(apps[path], id);
    expect([status, body.source, body.stale]).toEqual([200, path, false]);
    expect(await refreshesAtGoogle(apps.direct, account)).toBe(1);
  });
});

it('a refresh that Google refuses to connect to loses nothing by either path, and requires no sign-in', async () => {
  const google = { GOOGLE_TOKEN_URL: `http://127.0.0.1:${await freePort()}/token` };
  const cutOffService = await startService({ ...apps.direct.environment, ...google });
  const serviceUrls = { 'oauth-service': await cutOffService.getUrl(), direct: google.GOOGLE_TOKEN_URL };
  try {
    for (const path of paths) {
      const { id, account, before } = await mailbox();
      await apps.direct.advance(3600);
      const variables = { ...google, OAUTH_SERVICE_URL: serviceUrls[path] };
      const cutOff = await TestApp.start(variables, { beside: apps.direct });
      const { status, body } = await cutOff.api('GET', `/api/instances/${id}/access-token`);
      await cutOff.stop();
      expect(status).toBe(503);
      const errorCode = 'SERVICE_UNAVAILABLE';
      expect(body).toMatchObject({ errorCode, reason: 'connection_refused', requiresReauth: false });
      expect(await held(id)).toEqual({ ...before, errorCode });
      expect(await refreshesAtGoogle(apps.direct, account)).toBe(0);
    }
  } finally {
    await cutOffService.close();
  }
});
