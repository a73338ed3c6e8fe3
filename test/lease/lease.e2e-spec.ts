import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { TestApp } from '../harness/test-app.js';

let first: TestApp;
let second: TestApp;
beforeAll(async () => {
  first = await TestApp.start();
  second = await TestApp.start({}, { beside: first });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});
afterEach(async () => {
  await first.google.clearFaults();
  await first.google.release();
  await first.google.configure({ rotation: 'none' });
});

async function history(id: string): Promise<{ event: string; outcome: string; reason: string | null }[]> {
  return first.dataSource.query(
    `SELECT event, outcome, reason FROM credential_events
     WHERE credential_id = (SELECT credential_id FROM mcp_instances WHERE id = $1) ORDER BY id`,
    [id],
  );
}

describe('two replicas over one database', () => {
  it('refresh once, and give all callers the same token', async () => {
    const { id, account } = await newMailbox(first);
    await first.advance(3600);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => accessToken(n % 2 === 0 ? first : second, id)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
    expect(await refreshesAtGoogle(first, account)).toBe(1);
  });

  it('refresh once with a provider that rotates and revokes the family of a spent token', async () => {
    await first.google.configure({ rotation: 'rotate-and-revoke-family' });
    const { id, account } = await newMailbox(first);
    for (let round = 1; round <= 3; round += 1) {
      await first.advance(3600);
      const answers = await Promise.all([first, second, first, second].map((app) => accessToken(app, id)));
      expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
      expect(answers.every(({ body }) => !body.stale)).toBe(true);
      expect(await refreshesAtGoogle(first, account)).toBe(round);
    }
  });

  it('share a failure too: who waited is not sent to ask again', async () => {
    const { id, account } = await newMailbox(first);
    await first.advance(3600);
    // Both have come before Google answers.
    await first.google.addFault({
      target: 'token',
      match: { account },
      fault: { kind: 'delay', delayMs: 500 },
    });
    await first.google.addFault({
      target: 'token',
      match: { account },
      fault: { kind: 'error', status: 400, body: { error: 'admin_policy_enforced' } },
    });
    const answers = await Promise.all([first, second].map((app) => accessToken(app, id)));
    expect(answers.map(({ body }) => body.errorCode)).toEqual(['ADMIN_BLOCKED', 'ADMIN_BLOCKED']);
    expect(await refreshesAtGoogle(first, account)).toBe(1);
  });

  it('lose nothing in thirty forced refreshes in a row, alternating', async () => {
    await first.google.configure({ rotation: 'rotate-and-revoke-family' });
    const { id } = await newMailbox(first);
    for (let round = 0; round < 30; round += 1) {
      const { status, body } = await refresh(round % 2 === 0 ? first : second, id);
      expect([status, body.stale]).toEqual([200, false]);
    }
    expect((await accessToken(second, id)).status).toBe(200);
  });
});

describe('a consent that brings no refresh token, at a provider that ends the grant of a spent one,', () => {
  const refreshOf = (account: string) => ({ account, grantType: 'refresh_token' });

  async function rotatingMailbox() {
    await first.google.configure({ rotation: 'rotate-and-revoke-family' });
    const connected = await newMailbox(first);
    await first.advance(3600);
    expect((await accessToken(first, connected.id)).status).toBe(200);
    await first.advance(3600);
    return connected;
  }

  async function expectNothingSpentIsPresented(id: string, account: string): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await first.advance(3600);
      expect((await accessToken(first, id)).status).toBe(200);
    }
    const { tokenRequests } = await first.google.ledger();
    expect(
      tokenRequests.filter((entry) => entry.account === account && entry.outcome === 'invalid_grant'),
    ).toEqual([]);
  }

  it('does not bring back a token whose outcome is unknown: the provider is asked for another', async () => {
    const { id, account } = await rotatingMailbox();
    const match = refreshOf(account);
    await first.google.addFault({ target: 'token', times: 1, match, fault: { kind: 'reset-after' } });
    expect((await accessToken(first, id)).status).toBe(503);
    expect((await first.connect(id, { account })).searchParams.get('connected')).toBe(id);
    await expectNothingSpentIsPresented(id, account);
  });

  it('does not bring back a token that is just being presented', async () => {
    const { id, account } = await rotatingMailbox();
    const match = refreshOf(account);
    await first.google.addFault({ target: 'token', times: 1, match, fault: { kind: 'hold' } });
    const refreshing = accessToken(first, id);
    await first.google.heldRequests({ atLeast: 1 });
    expect((await first.connect(id, { account })).searchParams.get('connected')).toBe(id);
    await first.google.release();
    expect((await refreshing).status).toBe(200);
    await expectNothingSpentIsPresented(id, account);
  });
});

describe('a lease', () => {
  it('that its holder left behind is taken over when it lapses', async () => {
    const { id, account } = await newMailbox(first);
    await first.dataSource.query(
      `UPDATE mcp_credentials SET lease_owner = 'a process that died',
         lease_expires_at = evergrant_now() + interval '30 seconds',
         attempt_id = gen_random_uuid(), attempt_started_at = evergrant_now()
       WHERE id = (SELECT credential_id FROM mcp_instances WHERE id = $1)`,
      [id],
    );
    await first.advance(3600);
    expect((await accessToken(first, id)).body).toMatchObject({ stale: false, errorCode: null });
    expect(await refreshesAtGoogle(first, account)).toBe(1);
  });

  it('is not needed by a newer consent, which no late holder overwrites', async () => {
    const { id, account } = await newMailbox(first);
    await first.google.addFault({
      target: 'token',
      match: { grantType: 'refresh_token', account },
      fault: { kind: 'hold' },
    });
    const late = refresh(first, id);
    await first.google.heldRequests({ atLeast: 1 });
    const end = await first.connect(id, { account });
    expect(end.searchParams.get('connected')).toBe(id);
    const consented = await accessToken(second, id);
    await first.google.clearFaults();
    await first.google.release();
    expect((await late).status).toBe(200);
    expect((await accessToken(second, id)).body.accessToken).toBe(consented.body.accessToken);
    expect((await history(id)).map(({ event }) => event)).toEqual(['consent', 'consent']);
  });
});

describe('a refresh token that may be spent', () => {
  it('is never presented again while its outcome is unknown, and no sign-in is required', async () => {
    await first.google.configure({ rotation: 'rotate-and-revoke-family' });
    const { id, account } = await newMailbox(first);
    await refresh(first, id);
    await first.advance(3600);
    await first.google.addFault({
      target: 'token',
      match: { account },
      times: 1,
      fault: { kind: 'reset-after' },
    });
    const lost = await accessToken(first, id);
    expect(lost.status).toBe(503);
    expect(lost.body).toMatchObject({ requiresReauth: false });
    const before = await refreshesAtGoogle(first, account);
    for (const app of [first, second]) {
      const again = await accessToken(app, id);
      expect(again.status).toBe(503);
      expect(again.body).toMatchObject({ requiresReauth: false });
    }
    expect(await refreshesAtGoogle(first, account)).toBe(before);
    expect((await history(id)).filter(({ outcome }) => outcome === 'unknown')).not.toHaveLength(0);
    expect((await first.google.ledger()).grants.find((grant) => grant.account === account)).toMatchObject({
      alive: true,
    });
  });
});
