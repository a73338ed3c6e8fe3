import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { startOAuthRole } from '../harness/oauth/oauth-service.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

const present = {
  GOOGLE_CLIENT_ID: '400000000004-next.apps.sandbox.test',
  GOOGLE_CLIENT_SECRET: 'next-secret',
};

let before: TestApp;
let mailbox: TestMailbox;
beforeAll(async () => {
  before = await TestApp.start();
  mailbox = await newMailbox(before);
});
afterAll(() => before.stop());

/** The deployment after its restart under another client, on the same database and Google. */
async function restarted(variables: Record<string, string> = {}): Promise<TestApp> {
  const app = await TestApp.start({ ...present, ...variables }, { beside: before });
  await app.google.registerClient({
    clientId: present.GOOGLE_CLIENT_ID,
    clientSecret: present.GOOGLE_CLIENT_SECRET,
    redirectUris: [`${app.url}/oauth/callback`],
  });
  return app;
}

function formerClient(): Record<string, string> {
  return { GOOGLE_FORMER_CLIENTS: `${sandboxClientId}:${before.environment.GOOGLE_CLIENT_SECRET!}` };
}

async function health(app: TestApp): Promise<{ status: string; details: Record<string, unknown> }> {
  return (await (await fetch(`${app.url}/health`)).json()) as never;
}

/** The client that Google was shown the last refresh token under. */
async function lastClient(app: TestApp): Promise<string | null | undefined> {
  const { tokenRequests } = await app.google.ledger();
  return tokenRequests.findLast(({ grantType }) => grantType === 'refresh_token')?.clientId;
}

describe('a start under another OAuth client', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await restarted()));
  afterAll(() => app.stop());

  it('says which client is missing, and how many grants belong to it', () => {
    const lines = app.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = lines.find(({ clientId }) => clientId === sandboxClientId);
    expect(told).toMatchObject({ level: 50, grants: 1 });
    expect(told?.msg).toContain('GOOGLE_FORMER_CLIENTS');
  });

  it('shows it on /health and in the metrics', async () => {
    expect(await health(app)).toMatchObject({
      status: 'degraded',
      details: {
        oauthClients: { status: 'degraded', absent: [{ clientId: sandboxClientId, grants: 1 }] },
      },
    });
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('evergrant_grants_without_client 1');
  });

  it('shows in the instance why, and what to do, and asks no person to sign in', async () => {
    const told = {
      errorCode: 'DEPLOYMENT_CLIENT_REJECTED',
      errorMessage: expect.stringContaining('GOOGLE_FORMER_CLIENTS') as unknown,
      requiresReauth: false,
      oauthStatus: 'completed',
    };
    expect((await app.api('GET', `/api/instances/${mailbox.id}`)).body).toMatchObject(told);
    const { body } = await app.api<{ items: unknown[] }>('GET', '/api/instances');
    expect(body.items).toMatchObject([told]);
  });

  it('answers a refresh with the same words, and keeps the grant', async () => {
    await before.advance(3600);
    const { status, body } = await accessToken(app, mailbox.id);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      errorCode: 'DEPLOYMENT_CLIENT_REJECTED',
      requiresReauth: false,
      reason: 'client_not_configured',
      error: expect.stringContaining('GOOGLE_FORMER_CLIENTS') as unknown,
    });
    expect((await refresh(before, mailbox.id)).status).toBe(200);
  });
});

describe('a start that knows the former client', () => {
  it.each(['directly', 'through the OAuth service'])('goes on with its grants, %s', async (way) => {
    const port = await freePort();
    const { GOOGLE_TOKEN_URL } = before.environment;
    const service = way === 'directly' ? null : await startOAuthRole(port, { ...present, GOOGLE_TOKEN_URL });
    const app = await restarted({ ...formerClient(), OAUTH_SERVICE_URL: `http://localhost:${port}` });
    try {
      const { status, body } = await refresh(app, mailbox.id);
      expect([status, body.source]).toEqual([200, service === null ? 'direct' : 'oauth-service']);
      expect(await lastClient(app)).toBe(sandboxClientId);
      expect((await health(app)).details.oauthClients).toEqual({ status: 'up' });
      expect((await app.api('GET', `/api/instances/${mailbox.id}`)).body).toMatchObject({
        errorCode: null,
        errorMessage: null,
        requiresReauth: false,
      });
      const secrets = before.environment.GOOGLE_CLIENT_SECRET!;
      expect(app.log.join('\n')).not.toContain(secrets);
    } finally {
      await app.stop();
      await service?.stop();
    }
  });

  it('has its background work refresh them too', async () => {
    const app = await restarted({ ...formerClient(), ROLES: 'api,refresher' });
    try {
      await before.google.clearLedger();
      await before.advance(3600);
      await until('a refresh', async () => (await lastClient(app)) !== undefined);
      expect(await lastClient(app)).toBe(sandboxClientId);
    } finally {
      await app.stop();
    }
  });

  it('asks for new consents under the present one, which then serves', async () => {
    const app = await restarted(formerClient());
    try {
      const { location } = await app.begin(mailbox.id);
      expect(new URL(location).searchParams.get('client_id')).toBe(present.GOOGLE_CLIENT_ID);
      const end = await app.connect(mailbox.id, { account: mailbox.account });
      expect(end.searchParams.get('connected')).toBe(mailbox.id);
      expect((await refresh(app, mailbox.id)).status).toBe(200);
      expect(await lastClient(app)).toBe(present.GOOGLE_CLIENT_ID);
    } finally {
      await app.stop();
    }
  });
});
