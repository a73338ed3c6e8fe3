import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import { AccountClient, rawMail } from './account-client.fixture.js';

const account = 'demo@sandbox.test';
const restricted = 'Access restricted to service accounts that have been delegated domain-wide authority';

describe("the Gmail API's settings", () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let me: AccountClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
    me = await AccountClient.connect(client, account, 'modify', 'settings.basic', 'settings.sharing');
  });
  afterAll(() => sandbox.close());

  const delegated = async (work: () => Promise<void>): Promise<void> => {
    await control.configure({ delegatedAuthority: true });
    await work();
    await control.configure({ delegatedAuthority: false });
  };

  it('are read under wide scopes, and changed under their own alone', async () => {
    const reader = await AccountClient.connect(client, account, 'readonly');
    const writer = await AccountClient.connect(client, account, 'full');
    const sender = await AccountClient.connect(client, account, 'send');
    const basic = await AccountClient.connect(client, account, 'settings.basic');
    const names = ['vacation', 'autoForwarding', 'imap', 'pop', 'language', 'sendAs', 'filters', 'delegates'];
    for (const name of [...names, 'forwardingAddresses']) {
      expect([name, (await reader.send('GET', `settings/${name}`)).status]).toEqual([name, 200]);
      expect([name, (await sender.send('GET', `settings/${name}`)).status]).toEqual([name, 403]);
    }
    expect((await writer.send('PUT', 'settings/vacation', {})).status).toBe(403);
    expect((await basic.send('PUT', 'settings/vacation', {})).status).toBe(200);
    expect((await basic.send('PUT', 'settings/autoForwarding', {})).status).toBe(403);
    expect((await writer.send('POST', 'settings/filters', {})).status).toBe(403);
  });

  it('of a fresh mailbox are those that Gmail begins with', async () => {
    expect(await me.get('settings/imap')).toMatchObject({ enabled: false, expungeBehavior: 'archive' });
    expect(await me.get('settings/pop')).toEqual({ accessWindow: 'disabled', disposition: 'leaveInInbox' });
    expect(await me.get('settings/language')).toEqual({ displayLanguage: 'en' });
    expect(await me.get('settings/autoForwarding')).toEqual({ enabled: false });
    for (const name of ['filters', 'delegates', 'forwardingAddresses'])
      expect(await me.get(`settings/${name}`)).toEqual({});
    expect(await me.get('settings/sendAs')).toEqual({
      sendAs: [
        {
          sendAsEmail: account,
          displayName: '',
          replyToAddress: '',
          signature: '',
          isPrimary: true,
          isDefault: true,
        },
      ],
    });
  });

  describe('vacation', () => {
    it('is set whole, and HTML counts before plain text', async () => {
      const vacation = { enableAutoReply: true, responseSubject: 'Away', startTime: '1000', endTime: 2000 };
      await me.ask('PUT', 'settings/vacation', {
        ...vacation,
        responseBodyPlainText: 'plain',
        responseBodyHtml: '<p>html</p>',
      });
      expect(await me.get('settings/vacation')).toEqual({
        ...{ enableAutoReply: true, restrictToContacts: false, restrictToDomain: false },
        ...{ responseSubject: 'Away', responseBodyHtml: '<p>html</p>', startTime: '1000', endTime: '2000' },
      });
      await me.ask('PUT', 'settings/vacation', { enableAutoReply: false });
      expect(await me.get('settings/vacation')).not.toHaveProperty('responseSubject');
    });

    it.each([
      [{ enableAutoReply: true }],
      [{ enableAutoReply: true, responseSubject: 'x', startTime: '2000', endTime: '1000' }],
      [{ enableAutoReply: 'yes' }],
      [{ enabled: true }],
    ])('refuses %j', async (body) => {
      expect(await me.refusal('PUT', 'settings/vacation', body)).toMatchObject({ code: 400 });
    });
  });

  describe('send-as addresses', () => {
    it("have a signature, which for the mailbox's own address any client may set", async () => {
      const signature = '<b>Demo</b><script>steal()</script>';
      await me.ask('PATCH', `settings/sendAs/${account}`, { signature });
      await me.ask('PATCH', `settings/sendAs/${account}`, { displayName: 'Demo' });
      expect(await me.get(`settings/sendAs/${account}`)).toMatchObject({
        ...{ signature: '<b>Demo</b>', displayName: 'Demo', isPrimary: true },
      });
      await control.addSendAs(account, { sendAsEmail: 'alias@x.example' });
      expect(await me.refusal('PATCH', 'settings/sendAs/alias@x.example', { signature })).toMatchObject({
        ...{ code: 403, message: restricted, errors: [{ reason: 'forbidden' }] },
      });
      expect(await me.refusal('GET', 'settings/sendAs/nobody@x.example')).toMatchObject({ code: 404 });
    });

    it('are senders once they are verified', async () => {
      await control.addSendAs(account, { sendAsEmail: 'sales@x.example', displayName: 'Sales' });
      await control.addSendAs(account, { sendAsEmail: 'new@x.example', verificationStatus: 'pending' });
      await control.clearLedger();
      for (const from of ['Sales <sales@x.example>', 'new@x.example', 'boss@elsewhere.example'])
        await me.ask('POST', 'messages/send', {
          raw: rawMail(`From: ${from}`, 'To: alex@sandbox.test', 'Subject: From', '', 'x'),
        });
      expect((await control.outbox()).map(({ from }) => from)).toEqual([
        '"Sales" <sales@x.example>',
        account,
        account,
      ]);
    });

    it('are added by service accounts alone, and wait to be verified', async () => {
      const body = { sendAsEmail: 'other@x.example' };
      expect(await me.refusal('POST', 'settings/sendAs', body)).toMatchObject({
        code: 403,
        message: restricted,
      });
      await delegated(async () => {
        expect(await me.ask('POST', 'settings/sendAs', body)).toMatchObject({
          verificationStatus: 'pending',
        });
        expect(await me.refusal('POST', 'settings/sendAs', body)).toMatchObject({ code: 409 });
        await me.perform('POST', 'settings/sendAs/other@x.example/verify');
        await me.perform('DELETE', 'settings/sendAs/other@x.example');
        expect(await me.refusal('DELETE', `settings/sendAs/${account}`)).toMatchObject({ code: 400 });
      });
    });
  });

  describe('forwarding', () => {
    it('is turned on by service accounts alone, to a verified address', async () => {
      const wanted = { enabled: true, emailAddress: 'archive@x.example', disposition: 'archive' };
      expect(await me.refusal('PUT', 'settings/autoForwarding', wanted)).toMatchObject({ code: 403 });
      await delegated(async () => {
        expect(await me.refusal('PUT', 'settings/autoForwarding', wanted)).toMatchObject({
          ...{ code: 400, message: 'Unrecognized forwarding address' },
        });
        const address = { forwardingEmail: 'archive@x.example' };
        expect(await me.ask('POST', 'settings/forwardingAddresses', address)).toMatchObject({
          verificationStatus: 'pending',
        });
        expect(await me.refusal('POST', 'settings/forwardingAddresses', address)).toMatchObject({
          code: 409,
        });
        expect(await me.refusal('PUT', 'settings/autoForwarding', wanted)).toMatchObject({ code: 400 });
        await control.addForwardingAddress(account, address);
        expect(await me.ask('PUT', 'settings/autoForwarding', wanted)).toEqual(wanted);
        expect(await me.get('settings/autoForwarding')).toEqual(wanted);
        await me.perform('DELETE', 'settings/forwardingAddresses/archive@x.example');
        expect(await me.refusal('GET', 'settings/forwardingAddresses/archive@x.example')).toMatchObject({
          code: 404,
        });
      });
    });
  });

  describe('filters', () => {
    it('are created once, read and deleted', async () => {
      const wanted = { criteria: { from: 'news@x.example' }, action: { addLabelIds: ['Label_1'] } };
      const filter = await me.ask<{ id: string }>('POST', 'settings/filters', wanted);
      expect(filter).toMatchObject({ ...wanted, id: expect.stringMatching(/^ANe1Bm/) as unknown });
      expect(await me.get('settings/filters')).toEqual({ filter: [filter] });
      expect(await me.get(`settings/filters/${filter.id}`)).toEqual(filter);
      expect(await me.refusal('POST', 'settings/filters', wanted)).toMatchObject({
        ...{ code: 400, status: 'FAILED_PRECONDITION', message: 'Filter already exists' },
        errors: [{ reason: 'failedPrecondition' }],
      });
      await me.perform('DELETE', `settings/filters/${filter.id}`);
      expect(await me.refusal('GET', `settings/filters/${filter.id}`)).toMatchObject({ code: 404 });
      expect(await me.refusal('DELETE', `settings/filters/${filter.id}`)).toMatchObject({ code: 404 });
    });

    it.each([
      [{ action: { addLabelIds: ['STARRED'] } }, "Filter doesn't have any criteria"],
      [{ criteria: { from: 'a' } }, "Filter doesn't have any actions"],
      [{ criteria: { from: 'a' }, action: { addLabelIds: ['Label_99'] } }, 'Invalid label: Label_99'],
      [
        { criteria: { from: 'a' }, action: { forward: 'thief@x.example' } },
        'Unrecognized forwarding address',
      ],
    ])('refuse %j', async (body, message) => {
      expect(await me.refusal('POST', 'settings/filters', body)).toMatchObject({ code: 400, message });
    });

    it('forward to addresses that are verified', async () => {
      const wanted = { criteria: { from: 'bank@x.example' }, action: { forward: 'me@x.example' } };
      await control.addForwardingAddress(account, {
        forwardingEmail: 'me@x.example',
        verificationStatus: 'pending',
      });
      expect(await me.refusal('POST', 'settings/filters', wanted)).toMatchObject({ code: 400 });
      await control.addForwardingAddress(account, { forwardingEmail: 'me@x.example' });
      expect(await me.ask('POST', 'settings/filters', wanted)).toMatchObject(wanted);
    });
  });
});
