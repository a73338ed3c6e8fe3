import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Browser } from 'playwright-core';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { invalidGrant, type Fault } from '../harness/oauth/token-faults.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('numbers in the console', () => {
  /** It has no OAuth service; beside it runs a replica that has one. */
  let alone: TestApp;
  let app: TestApp;
  let service: NestFastifyApplication;
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    [alone, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    service = await startService(alone.environment);
    app = await TestApp.start({ OAUTH_SERVICE_URL: await service.getUrl() }, { beside: alone });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await service.close();
    await alone.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, app.url);
    await visitor.opens('#/numbers');
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Numbers');
  });
  afterEach(async () => {
    await visitor.leaves();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  function figure(name: string) {
    return visitor.page.getByRole('region', { name, exact: true });
  }

  it('say that there was no refresh yet, and neither 0 nor 100 %', async () => {
    await figure('Refresh success').getByText('No refresh yet', { exact: true }).waitFor();
    await figure('OAuth service availability').getByText('Not asked yet').waitFor();
    await figure('Fallback use').getByText('No refresh yet', { exact: true }).waitFor();
    await figure('Re-authentication').getByText('Never', { exact: true }).waitFor();
    await figure('Mailboxes by state').getByText('There is no mailbox yet.').waitFor();
    expect(await visitor.page.getByRole('main').innerText()).not.toMatch(/\d\s?%/);
    await visitor.looksAt('numbers-none');
  });

  it('tell refreshes, an outage and a verdict as pictures and as tables', async () => {
    const { id } = await alone.connectedInstance();
    const refresh = async (through: TestApp, fault?: Fault) => {
      if (fault) await alone.google.addFault({ target: 'token', fault });
      await through.api('POST', `/api/instances/${id}/refresh`);
      await alone.google.clearFaults();
    };
    await refresh(app);
    await refresh(app);
    await alone.advance(2 * 3_600);
    await refresh(alone);
    await refresh(app, { kind: 'error', status: 503, body: {} });
    await alone.advance(3_600);
    await refresh(app, invalidGrant());
    const { page } = visitor;
    await page.reload();
    await figure('Refresh success').getByText('60%', { exact: true }).waitFor();
    await figure('Refresh success').getByText('3 of 5 refreshes in the last 24 hours').waitFor();
    await figure('OAuth service availability').getByText('80%', { exact: true }).waitFor();
    await figure('Fallback use').getByText('40%', { exact: true }).waitFor();
    await figure('Re-authentication').getByRole('paragraph').getByText('1', { exact: true }).waitFor();
    await figure('Mailboxes by state').getByText('Needs sign-in').waitFor();
    await figure('Way to the OAuth service').getByText('In use').waitFor();
    const picture = page.getByRole('img', { name: 'Refresh success: 60%, 3 of 5 refreshes' });
    const described = await picture.locator('title').allTextContents();
    expect(described.filter((bucket) => !bucket.endsWith(': nothing'))).toHaveLength(3);
    expect(described).toHaveLength(24);
    const success = figure('Refresh success');
    await success.getByText('As a table').press('Enter');
    const rows = await success.getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.split('\t').slice(1))).toEqual([
      ['With a token', 'Of', 'Share'].map((cell) => expect.stringMatching(new RegExp(cell, 'i'))),
      ['2', '2', '100%'],
      ['1', '2', '50%'],
      ['0', '1', '0%'],
    ]);
    await success.getByText('21 more in which nothing happened.').waitFor();
    await success.getByText('As a table').press('Enter');
    await visitor.looksAt('numbers');
    await figure('Gmail quota of the last minute').scrollIntoViewIfNeeded();
    await visitor.looksAt('numbers-at-present');
    await page.getByText('30 days', { exact: true }).click();
    await success.getByText('3 of 5 refreshes in the last 30 days').waitFor();
    await visitor.looksAt('numbers-30-days');
  });

  it('are those of the tenant or, for the operator, of all', async () => {
    const { page } = visitor;
    const { id } = await alone.connectedInstance();
    await app.api('POST', `/api/instances/${id}/refresh`);
    await alone.api('POST', '/api/tenants', { name: 'other' });
    await page.reload();
    const some = figure('Refresh success')
      .getByRole('paragraph')
      .getByText(/\d of \d refreshes/);
    await some.waitFor();
    const ours = await some.innerText();
    await page.getByLabel('Tenant', { exact: true }).selectOption({ label: 'other' });
    await figure('Refresh success').getByText('No refresh yet', { exact: true }).waitFor();
    await page.getByText('All tenants', { exact: true }).click();
    await figure('Refresh success').getByText(ours).waitFor();
  });
});
