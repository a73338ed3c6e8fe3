import { expect, it } from '@jest/globals';
import { callTool } from '../scopes/mcp-agent.js';
import { newMailbox } from '../harness/mailboxes.js';
import { describeConsole, Stage } from './stage.js';

describeConsole('mailboxes in the console', () => {
  const stage = Stage.set();

  it('are connected in three clicks, with what an MCP client needs', async () => {
    await stage.opens();
    const { page, visitor } = stage;
    await page.getByText('There is no mailbox yet.').waitFor();
    await visitor.looksAt('mailboxes-none');
    await stage.consentsAfter(() => page.getByRole('button', { name: 'Connect a mailbox' }).click());
    await visitor.reads('demo@sandbox.test');
    await page.getByText('This token is shown this once.').waitFor();
    const command = await page.locator('pre', { hasText: 'claude mcp add' }).innerText();
    expect(command).toMatch(/http:\/\/localhost:\d+\/mcp\/[\w-]+ --header "Authorization: Bearer eg/);
    await visitor.looksAt('mailbox-clients');
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('It works.').waitFor();
    await visitor.looksAt('mailbox-overview');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Consent was given.').waitFor();
    await visitor.looksAt('mailbox-history');
    await page.getByRole('link', { name: 'All mailboxes' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'demo@sandbox.test' })
      .getByText('Connected')
      .waitFor();
    await visitor.looksAt('mailboxes-one');
  });

  it('are found by a search and by their state, and appear while one looks', async () => {
    const { account } = await newMailbox(stage.app, { name: 'Sought one' });
    const waiting = await stage.app.createInstance({ name: 'Waiting one' });
    await stage.opens();
    const { page } = stage;
    const item = (text: string) => page.getByRole('listitem').filter({ hasText: text });
    await page.getByLabel('Search').fill('sought');
    await item('Waiting one').waitFor({ state: 'detached' });
    await item(account).waitFor();
    await page.getByLabel('Search').fill('');
    await item('Waiting one').waitFor();
    await page.getByLabel('State').selectOption({ label: 'Not connected' });
    await item(account).waitFor({ state: 'detached' });
    await item('Waiting one').waitFor();
    await stage.app.api('PATCH', `/api/instances/${waiting.id}`, { name: 'Renamed elsewhere' });
    await item('Renamed elsewhere').waitFor();
  });

  it('have MCP tokens that are replaced with an overlap', async () => {
    const mailbox = await newMailbox(stage.app);
    await stage.opens();
    const { page, visitor } = stage;
    await visitor.opens(`#/mailboxes/${mailbox.id}`);
    await page.getByRole('tab', { name: 'MCP clients' }).click();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('the new one');
    await page.getByRole('button', { name: 'Make it' }).click();
    const mcpToken = await page.getByRole('dialog').locator('pre').innerText();
    await visitor.looksAt('mailbox-new-token');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('cell', { name: 'the new one' }).waitFor();
    const search = (token: string) => callTool({ ...mailbox, mcpToken: token }, 'search_messages');
    for (const token of [mailbox.mcpToken, mcpToken]) expect((await search(token)).isError).toBe(false);
    const old = page.getByRole('row').filter({ hasText: mailbox.mcpToken.slice(0, 10) });
    await old.filter({ hasNotText: 'the new one' }).getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect(search(mailbox.mcpToken)).rejects.toThrow();
    expect((await search(mcpToken)).isError).toBe(false);
  });

  it('are tried, renamed and disconnected, with a choice about the grant at Google', async () => {
    const { id } = await newMailbox(stage.app, { name: 'Old name' });
    const kept = await newMailbox(stage.app);
    await stage.opens();
    const { page, visitor } = stage;
    await visitor.opens(`#/mailboxes/${id}`);
    await page.getByRole('button', { name: 'Test call' }).click();
    await page.getByText('Works: Google gave a token').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Another name');
    await visitor.looksAt('mailbox-settings');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('definition').filter({ hasText: 'Another name' }).waitFor();
    await stage.app.google.clearLedger();
    for (const [mailbox, choice] of [
      [id, 'Revoke the grant at Google'],
      [kept.id, 'Leave the grant at Google'],
    ] as const) {
      await visitor.opens(`#/mailboxes/${mailbox}`);
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await page.getByLabel(choice).check();
      if (mailbox === id) await visitor.looksAt('mailbox-disconnect');
      await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
      await visitor.reads('Mailboxes');
      expect((await stage.app.api('GET', `/api/instances/${mailbox}`)).status).toBe(404);
    }
    const queued = await stage.app.dataSource.query<object[]>('SELECT * FROM revocations');
    expect(queued).toHaveLength(1);
  });
});
