import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, listTools } from '../scopes/mcp-agent.js';

const google = 'https://www.googleapis.com/auth';
const account = 'settings@sandbox.test';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.addAccount({ email: account });
  await app.google.addSendAs(account, { sendAsEmail: 'sales@x.example', displayName: 'Sales' });
  await app.google.addSendAs(account, { sendAsEmail: 'new@x.example', verificationStatus: 'pending' });
  await app.google.addForwardingAddress(account, { forwardingEmail: 'archive@x.example' });
  const scopes = ['openid', 'email', `${google}/gmail.settings.basic`, `${google}/gmail.settings.sharing`];
  instance = await app.connectedInstance({ account }, { scopes, toolsets: ['settings', 'dangerous'] });
});
afterAll(() => app.stop());

async function told(name: string, input = {}): Promise<Record<string, unknown>> {
  const { isError, structured, text } = await callTool(instance, name, input);
  expect(isError ? text : '').toBe('');
  return structured;
}

describe('the tools of the settings', () => {
  it('are listed under the scopes of settings alone, without those of other toolsets', async () => {
    expect(await listTools(instance)).toEqual(
      expect.arrayContaining([
        'get_vacation',
        'list_send_as',
        'update_signature',
        'get_forwarding',
        'get_language',
      ]),
    );
    expect(await listTools(instance)).not.toContain('search_messages');
  });

  it('tell what a mailbox has set', async () => {
    expect(await told('get_vacation')).toMatchObject({ enabled: false, body: '', startTime: null });
    expect(await told('get_forwarding')).toEqual({ enabled: false, email: null, disposition: null });
    expect(await told('list_forwarding_addresses')).toEqual({
      addresses: [{ email: 'archive@x.example', verified: true }],
    });
    expect(await told('get_imap')).toMatchObject({ enabled: false, expungeBehavior: 'archive' });
    expect(await told('get_pop')).toEqual({ accessWindow: 'disabled', disposition: 'leaveInInbox' });
    expect(await told('get_language')).toEqual({ language: 'en' });
    const { sendAs } = await told('list_send_as');
    expect(sendAs).toMatchObject([
      { email: account, isPrimary: true, isDefault: true, verified: true },
      { email: 'sales@x.example', name: 'Sales', isPrimary: false, verified: true },
      { email: 'new@x.example', verified: false },
    ]);
  });

  it('set a signature as text, of which nothing becomes markup, or as HTML, or remove it', async () => {
    const { signatureHtml } = await told('update_signature', { text: 'Ada <b>\n+1' });
    expect(signatureHtml).toContain('Ada &lt;b&gt;');
    const { sendAs } = await told('list_send_as');
    expect(sendAs).toMatchObject([{ signatureHtml }, {}, {}]);
    expect(await told('update_signature', { html: '<b>Ada</b>' })).toEqual({
      email: account,
      signatureHtml: '<b>Ada</b>',
    });
    expect(await told('update_signature', { remove: true })).toMatchObject({ signatureHtml: '' });
  });

  it('say that Google lets only service accounts change other addresses, and ask for no sign-in', async () => {
    const { error } = await callTool(instance, 'update_signature', {
      sendAsEmail: 'sales@x.example',
      text: 'S',
    });
    expect(error).toMatchObject({
      errorCode: 'FORBIDDEN',
      reason: 'domainWideDelegation',
      requiresReauth: false,
    });
    expect(error.error).toContain('service account');
    await app.google.configure({ delegatedAuthority: true });
    expect(await told('update_signature', { sendAsEmail: 'sales@x.example', text: 'S' })).toMatchObject({
      email: 'sales@x.example',
    });
    await app.google.configure({ delegatedAuthority: false });
  });

  it.each([
    [{ sendAsEmail: 'other@x.example', text: 'S' }, 'NOT_FOUND', 'sendAsEmail'],
    [{ text: 'S', html: 'S' }, 'VALIDATION_FAILED', 'text'],
    [{}, 'VALIDATION_FAILED', 'text'],
    [{ html: 'S', remove: true }, 'VALIDATION_FAILED', 'text'],
    [{ sendAsEmail: '../vacation', text: 'S' }, 'VALIDATION_FAILED', 'sendAsEmail'],
  ])('refuse the signature %j with %s', async (input, errorCode, field) => {
    expect((await callTool(instance, 'update_signature', input)).error).toMatchObject({ errorCode, field });
  });
});

async function allow(kind: 'vacation' | 'forwarding', mode: 'allow' | 'ask' | 'deny'): Promise<void> {
  const { status } = await app.api('PATCH', `/api/instances/${instance.id}`, {
    policy: { acts: { [kind]: mode }, newRecipients: 'allow' },
  });
  expect(status).toBe(200);
}

describe('what lets mail leave by itself', () => {
  const away = { enabled: true, subject: 'Away', body: 'Back on Monday', endTime: '2026-12-24T00:00:00Z' };

  it('is held for a person where the policy asks', async () => {
    await allow('vacation', 'ask');
    const held = await told('update_vacation', away);
    expect(held).toMatchObject({ status: 'held', approvalUrl: expect.stringContaining('http') as unknown });
    expect(await told('get_vacation')).toMatchObject({ enabled: false, subject: '' });
  });

  it('is refused where the policy denies it, and told in a dry run without being set', async () => {
    await allow('vacation', 'deny');
    expect((await callTool(instance, 'update_vacation', { ...away, subject: 'Denied' })).error).toMatchObject(
      {
        ...{ errorCode: 'FORBIDDEN', reason: 'policy_denied', requiresReauth: false },
      },
    );
    expect(await told('update_vacation', { ...away, dryRun: true })).toMatchObject({
      ...{ status: 'dry_run', decision: 'deny' },
    });
    expect(await told('get_vacation')).toMatchObject({ enabled: false, subject: '' });
  });

  it('is set where the policy allows it, what is not named stays, and it is turned off at once', async () => {
    await allow('vacation', 'allow');
    expect(await told('update_vacation', { ...away, subject: 'Out' })).toEqual({ status: 'set' });
    await told('update_vacation', { enabled: true, contactsOnly: true });
    expect(await told('get_vacation')).toMatchObject({
      ...{ enabled: true, subject: 'Out', body: 'Back on Monday', bodyIsHtml: false, contactsOnly: true },
      ...{ startTime: null, endTime: '2026-12-24T00:00:00.000Z' },
    });
    await allow('vacation', 'deny');
    expect(await told('update_vacation', { enabled: false })).toEqual({ status: 'set' });
    expect(await told('get_vacation')).toMatchObject({ enabled: false, subject: 'Out' });
  });

  it('forwards to a verified address alone, for a service account, as the policy says', async () => {
    const forward = { enabled: true, email: 'archive@x.example', disposition: 'archive' };
    await allow('forwarding', 'allow');
    expect((await callTool(instance, 'update_forwarding', forward)).error).toMatchObject({
      ...{ errorCode: 'FORBIDDEN', reason: 'domainWideDelegation' },
    });
    await app.google.configure({ delegatedAuthority: true });
    expect(
      (await callTool(instance, 'update_forwarding', { ...forward, email: 'thief@x.example' })).error,
    ).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'email' });
    await allow('forwarding', 'deny');
    expect((await callTool(instance, 'update_forwarding', forward)).error).toMatchObject({
      errorCode: 'FORBIDDEN',
    });
    expect(await told('get_forwarding')).toMatchObject({ enabled: false });
    await allow('forwarding', 'allow');
    expect(await told('update_forwarding', forward)).toEqual({ status: 'set' });
    expect(await told('get_forwarding')).toEqual({
      ...{ enabled: true, email: 'archive@x.example', disposition: 'archive' },
    });
    expect(await told('update_forwarding', { enabled: false })).toEqual({ status: 'set' });
    expect(await told('get_forwarding')).toMatchObject({ enabled: false });
  });
});
