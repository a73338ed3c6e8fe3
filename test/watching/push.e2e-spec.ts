import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { until } from '../../sandbox/index.js';
import { TestApp } from '../harness/test-app.js';
import {
  ours,
  pubsubVariables,
  push,
  pushUrl,
  subscribePush,
  topicName,
  WatchedMailbox,
} from './watched-mailbox.js';

let app: TestApp;
let mailbox: WatchedMailbox;
beforeAll(async () => {
  app = await TestApp.start({ ...pubsubVariables, GMAIL_POLL_SECONDS: '3600' });
  await subscribePush(app);
  mailbox = await WatchedMailbox.connected(app, 'pushed@sandbox.test');
});
afterAll(() => app.stop());

/** Far ahead of any mailbox of the sandbox. */
const ahead = { emailAddress: 'pushed@sandbox.test', historyId: 999_999_999 };

/** When its mailbox is looked at next, in seconds from now. */
async function lookInSeconds(): Promise<number> {
  const [row] = await app.dataSource.query<{ seconds: number }[]>(
    `SELECT extract(epoch FROM look_at - evergrant_now())::float8 AS seconds FROM mailbox_watches
     WHERE instance_id = $1`,
    [mailbox.instance.id],
  );
  return row?.seconds ?? Number.NaN;
}

async function settled(): Promise<void> {
  await until(
    'the look',
    async () => (await mailbox.row())?.leaseId === null && (await lookInSeconds()) > 60,
  );
}

describe('a watched mailbox of which Gmail tells', () => {
  it('is told by Gmail from the call on, for seven days at most', async () => {
    expect(await mailbox.watch()).toMatchObject({
      status: 'started',
      mode: 'push',
      resource: 'gmail://mailbox',
    });
    const row = await mailbox.row();
    expect(row).toMatchObject({ mode: 'push', topic: topicName });
    expect(row!.expiresAt!.getTime() - row!.renewAt!.getTime()).toBeGreaterThan(5.9 * 86_400_000);
  });

  it('has its change told within seconds, long before the next look would be due', async () => {
    await settled();
    const { id, threadId } = await mailbox.deliver();
    await until('the change', async () => (await mailbox.changes()).length === 1);
    expect(await mailbox.changes()).toEqual([{ kind: 'changed', messageIds: [id], threadIds: [threadId] }]);
    const { newMessages } = await mailbox.call<{ newMessages: object[] }>('list_changes', {
      cursor: String((await mailbox.watch()).cursor),
    });
    expect(newMessages).toEqual([]);
  });

  it('is not looked at for what is known already, told twice or late', async () => {
    await settled();
    const { historyId } = (await mailbox.row())!;
    for (const known of [historyId, String(Number(historyId) - 1), '1'])
      expect(await push(app, { emailAddress: mailbox.account, historyId: known }, undefined)).toBe(204);
    expect(await lookInSeconds()).toBeGreaterThan(60);
  });

  it('is looked at for what is new, by its address in any case, and once more where history lags', async () => {
    await settled();
    const historyId = Number((await mailbox.row())!.historyId) + 1;
    expect(await push(app, { emailAddress: 'PUSHED@Sandbox.Test', historyId }, undefined)).toBe(204);
    await until('a look that finds nothing yet', async () => {
      const seconds = await lookInSeconds();
      return (await mailbox.row())?.leaseId === null && seconds > 1 && seconds <= 10;
    });
    await app.advance(11);
    await settled();
  });

  it('answers alike for a mailbox that is not watched', async () => {
    expect(await push(app, { ...ahead, emailAddress: 'unknown@sandbox.test' }, undefined)).toBe(204);
  });

  it('takes what it does not understand, so that it does not come again', async () => {
    expect(await push(app, { nothing: true }, undefined)).toBe(204);
  });
});

describe('a notification is refused', () => {
  const signed = async (change: (token: SignJWT) => SignJWT) => {
    const { privateKey } = await generateKeyPair('RS256');
    const nowSeconds = Math.floor(Date.now() / 1000);
    const token = new SignJWT({ email: ours(app).serviceAccountEmail, email_verified: true })
      .setProtectedHeader({ alg: 'RS256', kid: 'sandbox-1' })
      .setIssuer('https://accounts.google.com')
      .setAudience(pushUrl(app))
      .setExpirationTime(nowSeconds + 3600);
    return change(token).sign(privateKey);
  };
  const cases: [string, () => Promise<string | null>][] = [
    ['without a token', async () => null],
    ['with a token that is none', async () => 'nonsense'],
    [
      'with one that has expired',
      async () => (await app.google.pushToken({ ...ours(app), ageSeconds: 3_700 })).token,
    ],
    [
      'with one for another URL',
      async () => (await app.google.pushToken({ ...ours(app), audience: app.url })).token,
    ],
    [
      'with one of another service account',
      async () =>
        (await app.google.pushToken({ ...ours(app), serviceAccountEmail: 'x@p2.iam.gserviceaccount.com' }))
          .token,
    ],
    ['with one that another key has signed', () => signed((token) => token)],
    [
      'with one of another algorithm',
      async () =>
        new SignJWT({ email: ours(app).serviceAccountEmail, email_verified: true })
          .setProtectedHeader({ alg: 'HS256', kid: 'sandbox-1' })
          .setIssuer('https://accounts.google.com')
          .setAudience(pushUrl(app))
          .setExpirationTime('1h')
          .sign(Buffer.alloc(32, 1)),
    ],
  ];
  it.each(cases)('%s', async (_what, tokenOf) => {
    await settled();
    expect(await push(app, ahead, await tokenOf())).toBe(401);
    expect(await lookInSeconds()).toBeGreaterThan(60);
  });

  it('before its body is read, and where that is too long', async () => {
    const headers = { 'content-type': 'application/json' };
    const long = JSON.stringify({ message: { data: 'A'.repeat(40_000) } });
    const without = await fetch(pushUrl(app), { method: 'POST', headers, body: '{' });
    expect(without.status).toBe(401);
    const { token } = await app.google.pushToken(ours(app));
    const authorization = `Bearer ${token}`;
    const tooLong = await fetch(pushUrl(app), {
      method: 'POST',
      headers: { ...headers, authorization },
      body: long,
    });
    expect(tooLong.status).toBe(413);
  });
});

it('takes no notifications where no service account is known', async () => {
  const other = await TestApp.start();
  try {
    expect(await push(other, ahead, undefined)).toBe(404);
  } finally {
    await other.stop();
  }
});

it('has Pub/Sub come again where nothing could be stored, or judged', async () => {
  const keyless = await TestApp.start(
    { ...pubsubVariables, GOOGLE_CERTS_URL: 'http://127.0.0.1:9/certs' },
    { beside: app },
  );
  try {
    const { token } = await app.google.pushToken(ours(keyless));
    expect(await push(keyless, ahead, token)).toBe(503);
  } finally {
    await keyless.stop();
  }
  await app.dataSource.query('ALTER TABLE mailbox_watches RENAME TO away');
  try {
    expect(await push(app, ahead, undefined)).toBe(500);
  } finally {
    await app.dataSource.query('ALTER TABLE away RENAME TO mailbox_watches');
  }
});
