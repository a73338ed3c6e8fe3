import { expect, it } from '@jest/globals';
import { refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { oauthError, type Fault } from '../harness/oauth/token-faults.js';
import { callTool } from '../scopes/mcp-agent.js';
import { describeConsole, Stage } from './stage.js';

describeConsole('the dialog to sign in again', () => {
  const stage = Stage.set();
  const dialog = () => stage.page.getByRole('dialog', { name: 'Sign in with Google' });

  it('comes by itself when Google has ended the grant, and makes the waiting call succeed', async () => {
    const mailbox = await newMailbox(stage.app);
    await stage.opens();
    const { page, visitor } = stage;
    await visitor.opens(`#/mailboxes/${mailbox.id}`);
    await page.getByText('It works.').waitFor();
    await stage.app.google.revokeGrants({ account: mailbox.account });
    const refused = await callTool(mailbox, 'search_messages');
    expect(refused.error).toMatchObject({ requiresReauth: true });
    await dialog().getByText('Google has just refused the grant.').waitFor();
    await visitor.looksAt('sign-in-dialog');
    const press = () => dialog().getByRole('button', { name: 'Sign in with Google' }).click();
    await stage.consentsAfter(press, { account: mailbox.account, decision: 'Deny' });
    await dialog().getByText('Consent was not given.').waitFor();
    await visitor.looksAt('sign-in-dialog-denied');
    const again = () => dialog().getByRole('button', { name: 'Open it again' }).click();
    await stage.consentsAfter(again, { account: mailbox.account });
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('It works.').waitFor();
    expect(page.url()).toBe(`${stage.app.url}/#/mailboxes/${mailbox.id}`);
    expect((await callTool(mailbox, 'search_messages')).isError).toBe(false);
  });

  it('is put off, and opened again from the page', async () => {
    const { id } = await stage.app.createInstance({ name: 'Not yet' });
    await stage.opens();
    await stage.visitor.opens(`#/mailboxes/${id}`);
    await dialog().getByText('was not connected yet').waitFor();
    await dialog().getByRole('button', { name: 'Later' }).click();
    await dialog().waitFor({ state: 'detached' });
    await stage.consentsAfter(() => stage.page.getByRole('button', { name: 'Sign in with Google' }).click());
    await stage.visitor.reads('demo@sandbox.test');
    expect(await dialog().count()).toBe(0);
  });

  it.each<[string, Fault, string]>([
    ['an outage', { kind: 'error', status: 503, body: {} }, 'Degraded'],
    ['too many requests', { kind: 'error', status: 429, body: {} }, 'Degraded'],
    ['an answer of 403', oauthError(403, 'access_denied'), 'Degraded'],
    ['a reset connection', { kind: 'reset' }, 'Degraded'],
    ['a rule of the administrator', oauthError(400, 'admin_policy_enforced'), 'Blocked'],
  ])(
    'does not come with %s: the page tells of it, and until when the mailbox serves',
    async (_of, fault, word) => {
      const { id } = await newMailbox(stage.app);
      await stage.opens();
      const { page, visitor } = stage;
      await visitor.opens(`#/mailboxes/${id}`);
      await page.getByText('It works.').waitFor();
      await stage.app.google.addFault({ target: 'token', fault });
      await refresh(stage.app, id);
      await page.getByText(word, { exact: true }).waitFor();
      await page.getByText('The token that there is serves until').waitFor();
      if (fault.kind === 'reset') await visitor.looksAt('mailbox-degraded');
      expect(await dialog().count()).toBe(0);
      await stage.app.google.clearFaults();
      await refresh(stage.app, id);
      await page.getByText('It works.').waitFor();
    },
  );

  it('does not come with a permission that is not asked for', async () => {
    const mailbox = await newMailbox(stage.app, { scopes: ['gmail.metadata'] });
    await stage.opens();
    await stage.visitor.opens(`#/mailboxes/${mailbox.id}`);
    await stage.page.getByText('It works.').waitFor();
    const { isError, error } = await callTool(mailbox, 'get_message', { messageId: 'any' });
    expect([isError, error.errorCode, error.requiresReauth]).toEqual([true, 'INSUFFICIENT_SCOPE', false]);
    await stage.app.api('PATCH', `/api/instances/${mailbox.id}`, { name: 'Told later' });
    await stage.page.getByRole('definition').filter({ hasText: 'Told later' }).waitFor();
    expect(await dialog().count()).toBe(0);
  });
});
