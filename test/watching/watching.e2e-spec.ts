import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { WatchLeases, type LeasedWatch } from '../../src/gmail-mcp/watches/watch-leases.js';
import { WatchWork } from '../../src/gmail-mcp/watching/watch-work.js';
import { unfenced } from '../harness/structured-answers.js';
import { TestApp } from '../harness/test-app.js';
import { pubsubVariables, subscribePush, topicName, WatchedMailbox } from './watched-mailbox.js';

const day = 86_400;
const watchPath = '/gmail/v1/users/me/watch';
const historyPath = '/gmail/v1/users/me/history';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start(pubsubVariables);
});
afterEach(() => app.google.clearFaults());
afterAll(() => app.stop());

function connected(name: string, settings: object = {}): Promise<WatchedMailbox> {
  return WatchedMailbox.connected(app, `${name}@sandbox.test`, settings);
}

/** Moves the clock, and has what is due by then done: a process looks once a second by the wall clock. */
async function later(of: TestApp, seconds: number): Promise<void> {
  await of.advance(seconds);
  await of.part(WatchWork).sweep();
}

describe.each(['auto', 'legacy'] as const)('an agent that negotiates %s', (mode) => {
  it('watches, is told what is new, and stops', async () => {
    const mailbox = await connected(`tools-${mode}`);
    const client = await mailbox.client(mode);
    const call = async (name: string, input: Record<string, unknown> = {}) => {
      const { structuredContent } = await client.callTool({ name, arguments: input });
      return unfenced(structuredContent) as Record<string, unknown>;
    };
    const watched = await call('watch_mailbox', { labelIds: ['INBOX'] });
    expect(watched).toMatchObject({ status: 'started', mode: 'push', watchedLabelIds: ['INBOX'] });
    expect(await call('watch_mailbox')).toMatchObject({
      status: 'goes_on',
      mode: 'push',
      watchedLabelIds: [],
    });
    const { id, threadId } = await mailbox.deliver();
    await mailbox.seen(threadId);
    expect(await call('list_changes', { cursor: watched.cursor })).toMatchObject({ newMessages: [{ id }] });

    expect(await call('stop_watch')).toEqual({ status: 'stopped' });
    expect(await call('stop_watch')).toEqual({ status: 'not_watched' });
    expect(await mailbox.row()).toBeUndefined();
    await client.close();
  });
});

describe('what watches', () => {
  it('is an instance that may only read, and one with the metadata scope', async () => {
    const mailbox = await connected('narrow', { readOnly: true, scopes: [gmailScopes.metadata] });
    expect(await mailbox.watch()).toMatchObject({ status: 'started' });
  });

  it('is no instance without the toolset', async () => {
    const mailbox = await connected('without', { toolsets: ['core'] });
    await expect(mailbox.watch()).rejects.toThrow('toolset_off');
    expect(await mailbox.row()).toBeUndefined();
  });
});

describe('notifications', () => {
  it('are renewed every day, long before they end, once for all processes', async () => {
    const beside = await TestApp.start(pubsubVariables, { beside: app });
    try {
      const mailbox = await connected('renewed');
      await mailbox.watch();
      const first = (await mailbox.row())!;
      const asked = async () =>
        (await app.google.notifications()).filter(({ emailAddress }) => emailAddress === mailbox.account)
          .length;
      const before = await asked();
      await later(app, day + 60);
      const renewed = await until('the renewal', async () => {
        const row = await mailbox.row();
        return row?.leaseId === null && row.expiresAt! > first.expiresAt! ? row : null;
      });
      expect(renewed.expiresAt!.getTime() - first.expiresAt!.getTime()).toBeGreaterThan(0.9 * day * 1000);
      // Each watch has Google publish once.
      expect((await asked()) - before).toBe(1);
      await mailbox.call('stop_watch');
    } finally {
      await beside.stop();
    }
  });

  it('that Gmail refuses for the topic leave the mailbox to be looked at, and are asked for again the next day', async () => {
    await app.google.addFault({
      ...{ target: 'gmail', match: { path: watchPath } },
      fault: { kind: 'error', status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED' } } },
    });
    const mailbox = await connected('refused');
    expect(await mailbox.watch()).toMatchObject({ status: 'started', mode: 'poll' });
    const { threadId } = await mailbox.deliver();
    await mailbox.seen(threadId);
    await app.google.clearFaults();
    await later(app, day + 60);
    await until('notifications', async () => (await mailbox.row())?.mode === 'push');
  });

  it('that could not be renewed are tried for again and again, and hold until they end', async () => {
    const mailbox = await connected('unrenewed');
    await mailbox.watch();
    await app.google.addFault({
      ...{ target: 'gmail', match: { path: watchPath, account: mailbox.account } },
      fault: { kind: 'error', status: 503, body: {} },
    });
    await later(app, day + 60);
    const failed = async () => {
      const [row] = await app.dataSource.query<{ failures: number }[]>(
        'SELECT renewal_failures AS failures FROM mailbox_watches WHERE instance_id = $1',
        [mailbox.instance.id],
      );
      return row!.failures;
    };
    await until('a failure', async () => (await failed()) > 0);
    expect(await mailbox.row()).toMatchObject({ mode: 'push' });
    await later(app, 7 * day);
    await until('the end of notifications', async () => (await mailbox.row())?.mode === 'poll');
    await app.google.clearFaults();
    await later(app, 3_700);
    await until('notifications', async () => (await mailbox.row())?.mode === 'push');
    expect(await failed()).toBe(0);
  });

  it('are asked for at the next look where the deployment has got its topic since', async () => {
    const mailbox = await connected('topic');
    await mailbox.watch();
    await app.dataSource.query(
      `UPDATE mailbox_watches SET mode = 'poll', topic = NULL, expires_at = NULL, renew_at = NULL
       WHERE instance_id = $1`,
      [mailbox.instance.id],
    );
    await mailbox.lookNow();
    await until('notifications', async () => (await mailbox.row())?.mode === 'push');
    expect(await mailbox.row()).toMatchObject({ topic: topicName });
  });

  it('go on for another instance of the mailbox when one stops', async () => {
    await subscribePush(app);
    const mailbox = await connected('shared');
    const sharing = await WatchedMailbox.connected(app, mailbox.account);
    await mailbox.watch();
    await sharing.watch();
    await mailbox.call('stop_watch');
    const { threadId } = await sharing.deliver();
    await until('the change', async () =>
      (await sharing.changes()).some(({ threadIds }) => threadIds?.includes(threadId)),
    );
    expect(await mailbox.changes()).toEqual([]);
    await sharing.call('stop_watch');
    await app.google.clearLedger();
    await sharing.deliver();
    expect(await app.google.notifications()).toEqual([]);
  });
});

describe('looks', () => {
  it('come by themselves, at the interval, and tell what has changed', async () => {
    const polled = await TestApp.start({ GMAIL_POLL_SECONDS: '60' });
    try {
      const mailbox = await WatchedMailbox.connected(polled, 'polled@sandbox.test');
      expect(await mailbox.watch()).toMatchObject({ mode: 'poll' });
      expect(await mailbox.row()).toMatchObject({ topic: null, expiresAt: null });
      const { id } = await mailbox.deliver();
      await polled.advance(61);
      await until('the change', async () => (await mailbox.changes()).length === 1);
      expect((await mailbox.changes())[0]).toMatchObject({ kind: 'changed', messageIds: [id] });
      const { quota } = await polled.google.ledger();
      expect(quota.find(({ account }) => account === mailbox.account)!.units).toBeLessThanOrEqual(1 + 2 + 2);
    } finally {
      await polled.stop();
    }
  });

  it('tell nothing of messages without the labels', async () => {
    const mailbox = await connected('labels');
    await mailbox.watch(['SPAM']);
    const { historyId } = (await mailbox.row())!;
    await mailbox.deliver();
    await mailbox.lookNow();
    await until('the look', async () => (await mailbox.row())!.historyId !== historyId);
    expect(await mailbox.changes()).toEqual([]);
  });

  it('go on from now where the history is gone, and say so', async () => {
    const mailbox = await connected('stale');
    await mailbox.watch();
    const { historyId } = (await mailbox.row())!;
    await app.dataSource.query('UPDATE mailbox_watches SET history_id = 1 WHERE instance_id = $1', [
      mailbox.instance.id,
    ]);
    await mailbox.lookNow();
    await until('the resync', async () => (await mailbox.changes()).length === 1);
    expect(await mailbox.changes()).toEqual([{ kind: 'resync', messageIds: null, threadIds: null }]);
    expect(Number((await mailbox.row())!.historyId)).toBeGreaterThanOrEqual(Number(historyId));
  });

  it('that fail are made again, later and later, and end nothing', async () => {
    const mailbox = await connected('failing');
    await mailbox.watch();
    const rule = { target: 'gmail', match: { path: historyPath, account: mailbox.account } } as const;
    await app.google.addFault({ ...rule, fault: { kind: 'error', status: 503, body: {} } });
    const { threadId } = await mailbox.deliver();
    await mailbox.lookNow();
    await until('a failure', async () => (await mailbox.row())!.lookFailures > 0);
    expect((await mailbox.row())!.errorCode).toBe('SERVICE_UNAVAILABLE');
    await app.google.clearFaults();
    await mailbox.seen(threadId);
    expect(await mailbox.row()).toMatchObject({ lookFailures: 0, errorCode: null });
  });

  it('are not recorded by a process whose lease is another one by now', async () => {
    const mailbox = await connected('late');
    await mailbox.watch();
    const before = await mailbox.row();
    const [instance] = await app.dataSource.query<{ tenantId: string }[]>(
      'SELECT tenant_id AS "tenantId" FROM mcp_instances WHERE id = $1',
      [mailbox.instance.id],
    );
    const late: LeasedWatch = {
      ...{ tenantId: instance!.tenantId, instanceId: mailbox.instance.id, leaseId: randomUUID() },
      ...{ labelIds: [], mode: 'push', topic: topicName, historyId: before!.historyId },
      ...{ pushedHistoryId: null, isAlive: true, renewalDue: false, lookDue: true },
      ...{ renewalFailures: 0, lookFailures: 0 },
    };
    const change = { kind: 'changed', messageIds: null, threadIds: null } as const;
    const look = { historyId: '999999999', nextSeconds: 1, errorCode: null, change };
    await app.part(WatchLeases).settle(late, { mode: 'poll', renewal: null, look });
    expect(await mailbox.row()).toMatchObject({ mode: 'push', historyId: before!.historyId });
    expect(await mailbox.changes()).toEqual([]);
  });

  it('at one mailbox that hangs hold up no other', async () => {
    const [hanging, others] = [
      await connected('hanging'),
      [await connected('other-1'), await connected('other-2')],
    ];
    for (const mailbox of [hanging, ...others]) await mailbox.watch();
    const rule = { target: 'gmail', match: { path: historyPath, account: hanging.account } } as const;
    await app.google.addFault({ ...rule, fault: { kind: 'hang' } });
    await hanging.lookNow();
    await until('the look that hangs', async () => (await hanging.row())!.leaseId !== null);
    for (const mailbox of others) await mailbox.seen((await mailbox.deliver()).threadId);
    expect((await hanging.row())!.leaseId).not.toBeNull();
  });
});

describe('a watch ends', () => {
  it('with its instance', async () => {
    const mailbox = await connected('disconnected');
    await mailbox.watch();
    await app.api('DELETE', `/api/instances/${mailbox.instance.id}`);
    expect(await mailbox.row()).toBeUndefined();
  });

  it('with the toolset', async () => {
    const mailbox = await connected('switched-off');
    await mailbox.watch();
    await app.api('PATCH', `/api/instances/${mailbox.instance.id}`, { toolsets: ['core'] });
    await mailbox.lookNow();
    await until('the end', async () => (await mailbox.row()) === undefined);
  });

  it('for as long as its tenant is suspended, and goes on afterwards', async () => {
    const mailbox = await connected('suspended');
    await mailbox.watch();
    const suspend = (at: string) =>
      app.dataSource.query(`UPDATE tenants SET suspended_at = ${at} WHERE name = 'default'`);
    await suspend('evergrant_now()');
    const { threadId } = await mailbox.deliver();
    await mailbox.lookNow();
    const other = (await app.google.ledger()).quota;
    await app.part(WatchWork).sweep();
    expect((await mailbox.row())!.leaseId).toBeNull();
    expect((await app.google.ledger()).quota).toEqual(other);
    await suspend('NULL');
    await mailbox.seen(threadId);
  });

  it('for no grant that is revoked: it goes on once a person has consented again', async () => {
    const mailbox = await connected('revoked');
    await mailbox.watch();
    await app.google.revokeGrants({ account: mailbox.account });
    await app.google.expireAccessTokens(mailbox.account);
    await mailbox.deliver();
    await mailbox.lookNow();
    await until('the failure', async () => (await mailbox.row())!.errorCode !== null);
    await app.connect(mailbox.instance.id, { account: mailbox.account });
    await later(app, 3_600);
    await until('the change', async () => (await mailbox.changes()).length > 0);
    expect(await mailbox.row()).toMatchObject({ topic: topicName, errorCode: null });
  });
});
