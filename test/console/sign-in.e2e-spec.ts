import { expect, it } from '@jest/globals';
import { adminApiKey } from '../harness/test-app.js';
import { describeConsole, Stage } from './stage.js';
import { phone } from './visitor.js';

describeConsole('the console in a real browser', () => {
  const stage = Stage.set();

  it('is opened by a link that works once, and says so the second time', async () => {
    const once = await stage.link();
    await stage.visitor.opens(once);
    await stage.visitor.reads('Mailboxes');
    expect(stage.visitor.page.url()).toBe(`${stage.app.url}/#/mailboxes`);
    await stage.visitor.looksAt('shell');
    await stage.visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await stage.visitor.reads('Sign in');
    await stage.visitor.opens(once);
    await stage.visitor.page.getByText('This link was used already').waitFor();
    await stage.visitor.looksAt('sign-in-stale-link');
    stage.forgiveRefusals(401);
    await stage.visitor.signsIn(adminApiKey);
    await stage.visitor.reads('Mailboxes');
  });

  it('is not opened by a link of yesterday', async () => {
    const old = await stage.link();
    await stage.app.advance(31 * 60);
    await stage.visitor.opens(old);
    await stage.visitor.page.getByText('This link was used already, or is too old').waitFor();
    stage.forgiveRefusals(401);
  });

  it('asks for a key, and tells a wrong one', async () => {
    await stage.visitor.opens();
    await stage.visitor.reads('Sign in');
    await stage.visitor.looksAt('sign-in');
    await stage.visitor.signsIn('eg_wrong');
    await stage.visitor.page.getByText('There is no such key.').waitFor();
    stage.forgiveRefusals(401);
    await stage.visitor.signsIn(adminApiKey);
    await stage.visitor.reads('Mailboxes');
  });

  it('brings back the form when a session ends, and then the place where one was', async () => {
    await stage.visitor.opens(await stage.link());
    await stage.visitor.reads('Mailboxes');
    await stage.app.dataSource.query('DELETE FROM console_sessions');
    await stage.visitor.page.reload();
    await stage.visitor.page.getByText('Your session has ended.').waitFor();
    await stage.visitor.signsIn(adminApiKey);
    await stage.visitor.reads('Mailboxes');
    expect(stage.visitor.page.url()).toBe(`${stage.app.url}/#/mailboxes`);
    stage.forgiveRefusals(401);
  });

  it('is worked by keyboard, on a phone as well', async () => {
    await stage.visitor.opens(await stage.link());
    await stage.visitor.reads('Mailboxes');
    await stage.visitor.page.keyboard.press('Tab');
    await stage.visitor.page.keyboard.press('Enter');
    expect(await stage.visitor.page.evaluate('document.activeElement.id')).toBe('main');
    await stage.visitor.page.setViewportSize(phone);
    const entry = stage.visitor.page.getByRole('link', { name: 'Mailboxes' });
    await entry.waitFor({ state: 'hidden' });
    await stage.visitor.page.getByRole('button', { name: 'Menu' }).press('Enter');
    await entry.waitFor();
    expect(await entry.getAttribute('aria-current')).toBe('page');
    await stage.visitor.looksAt('menu');
  });
});
