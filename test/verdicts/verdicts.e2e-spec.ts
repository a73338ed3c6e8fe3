import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { invalidGrant } from '../harness/oauth/token-faults.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

interface Held {
  oauthStatus: string;
  verdict: string;
  holdsTokens: boolean;
}

async function held(id: string): Promise<Held | undefined> {
  const [row] = await app.dataSource.query<Held[]>(
    `SELECT c.oauth_status AS "oauthStatus", c.verdict,
            c.access_token IS NOT NULL OR c.refresh_token IS NOT NULL AS "holdsTokens"
     FROM mcp_instances i JOIN mcp_credentials c ON c.id = i.credential_id WHERE i.id = $1`,
    [id],
  );
  return row;
}

async function history(id: string): Promise<string[]> {
  const events = await app.dataSource.query<{ event: string; outcome: string }[]>(
    `SELECT event, outcome FROM credential_events
     WHERE credential_id = (SELECT credential_id FROM mcp_instances WHERE id = $1) ORDER BY id`,
    [id],
  );
  return events.map(({ event, outcome }) => `${event} ${outcome}`);
}

describe('a grant that Google calls dead', () => {
  it('is suspect first, and failed with its tokens destroyed when Google says so again a minute later', async () => {
    const { id, account } = await newMailbox(app);
    await app.google.revokeGrants({ account });
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(401);
    expect(await held(id)).toEqual({ oauthStatus: 'completed', verdict: 'suspect', holdsTokens: true });

    await app.advance(61);
    expect((await accessToken(app, id)).status).toBe(401);
    expect(await held(id)).toEqual({ oauthStatus: 'failed', verdict: 'failed', holdsTokens: false });
    expect(await history(id)).toEqual([
      'consent completed',
      'refresh rejected',
      'verdict suspect',
      'refresh rejected',
      'verdict failed',
    ]);
    expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({
      oauthStatus: 'failed',
      requiresReauth: true,
      errorCode: 'INVALID_REFRESH_TOKEN',
    });
    const forced = await refresh(app, id);
    expect([forced.status, forced.body.errorCode]).toEqual([401, 'INVALID_REFRESH_TOKEN']);

    expect((await app.connect(id, { account })).searchParams.get('connected')).toBe(id);
    expect(await held(id)).toEqual({ oauthStatus: 'completed', verdict: 'active', holdsTokens: true });
    expect((await accessToken(app, id)).status).toBe(200);
  });

  it('is not made final by an outage that follows', async () => {
    const { id, account } = await newMailbox(app);
    await app.google.addFault({ target: 'token', match: { account }, times: 1, fault: invalidGrant() });
    await app.advance(3600);
    expect((await accessToken(app, id)).status).toBe(401);
    await app.google.addFault({
      target: 'token',
      match: { account },
      fault: { kind: 'error', status: 503, body: {} },
    });
    await app.advance(61);
    expect((await accessToken(app, id)).status).toBe(503);
    expect(await held(id)).toMatchObject({ verdict: 'suspect', holdsTokens: true });
    await app.google.clearFaults();
    await app.advance(61);
    expect((await accessToken(app, id)).status).toBe(200);
    expect(await held(id)).toMatchObject({ verdict: 'active', holdsTokens: true });
  });

  it('counts the request to sign in once, by its reason', async () => {
    const { id, account } = await newMailbox(app);
    const before = await reauthentications();
    await app.google.addFault({ target: 'token', match: { account }, fault: invalidGrant() });
    await app.advance(3600);
    await accessToken(app, id);
    await accessToken(app, id);
    expect(await reauthentications()).toBe(before + 1);
  });
});

async function reauthentications(): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  return Number(
    /^evergrant_reauthentications_total\{reason="invalid_grant"\} (\d+)$/m.exec(metrics)?.[1] ?? 0,
  );
}
