import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOf } from '../harness/audit-events.js';
import { TestApp } from '../harness/test-app.js';
import {
  authorize,
  mailboxIds,
  newAccount,
  newPersonWithMailbox,
  ourDomain,
  PersonBrowser,
  peopleOf,
  textOf,
  verify,
} from './people-stage.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: ourDomain });
});
afterAll(() => app.stop());

async function isThere(instanceId: string): Promise<boolean> {
  return (await app.api('GET', `/api/instances/${instanceId}`)).status === 200;
}

async function liveGrantsOf(account: string) {
  return (await app.google.ledger()).grants.filter((grant) => grant.account === account && grant.alive);
}

describe('the page of a person’s mailboxes', () => {
  it('tells a browser without a session nothing but how to sign in', async () => {
    await newPersonWithMailbox(app);
    const shown = await new PersonBrowser(app).page();
    expect(shown.status).toBe(200);
    expect(textOf(shown)).toContain('Sign in with Google to see which of your mailboxes are connected');
    expect(shown.text).not.toContain(ourDomain);
  });

  it('cannot be framed, loads nothing and runs no script', async () => {
    const { browser } = await newPersonWithMailbox(app);
    const { headers, text } = await browser.page();
    const policy = headers.get('content-security-policy');
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(part);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).not.toContain('<script');
  });

  it('lists mailboxes and the programs that may use each', async () => {
    const { browser, account, person, instanceId } = await newPersonWithMailbox(app);
    const second = await newAccount(app, { domain: 'private.example' });
    await browser.adds(second);
    await authorize(app, person, { clientName: 'All of it' });
    await authorize(app, person, { clientName: 'One <b>of</b> it', instanceIds: [instanceId] });
    const shown = await browser.page();
    const page = textOf(shown);
    const [first, other] = [page.indexOf(`${account} It can`), page.indexOf(`${second} It can`)];
    expect(other).toBeGreaterThan(first);
    expect(page.slice(first, other)).toContain('Used by: All of it, One <b>of</b> it.');
    expect(page.slice(other)).toContain('Used by: All of it.');
    expect(page).toContain('It may use all your mailboxes, also those that you add later.');
    expect(shown.text).not.toContain('<b>of</b>');
  });

  it('says why a way through Google led to nothing, and takes no other words from its address', async () => {
    const { browser } = await newPersonWithMailbox(app);
    expect(textOf(await browser.page('?outcome=scope_missing'))).toContain('Not every permission was ticked');
    expect(textOf(await browser.page('?outcome=%3Cb%3Eevil'))).not.toContain('evil');
  });
});

describe('a person', () => {
  it('adds a mailbox of any domain, which signs in nobody', async () => {
    const { browser, person, instanceId } = await newPersonWithMailbox(app);
    const secret = browser.cookie('evergrant_person');
    const second = await newAccount(app, { domain: 'private.example', hostedDomain: null });
    const end = await browser.adds(second, 'gmail:send');
    expect(end.location).toBe(`${app.url}/mailboxes?outcome=connected`);
    const [first, added] = await mailboxIds(app, person);
    expect(first).toBe(instanceId);
    const { body } = await app.api('GET', `/api/instances/${added}`);
    expect(body).toMatchObject({
      email: second,
      scopes: expect.arrayContaining(['https://www.googleapis.com/auth/gmail.send']),
    });
    expect(browser.cookie('evergrant_person')).toBe(secret);
    expect(await peopleOf(app, second)).toEqual([]);
  });

  it('adds none to the person who has signed in in that browser meanwhile', async () => {
    const { browser, person, instanceId } = await newPersonWithMailbox(app);
    const second = await newAccount(app, { domain: 'private.example' });
    const location = await browser.leavesFor({ person });
    await browser.enters(await newAccount(app));
    const end = await browser.passes({ location }, { account: second });
    expect(end.location).toContain('outcome=state_expired');
    expect(await mailboxIds(app, person)).toEqual([instanceId]);
    expect(await liveGrantsOf(second)).toEqual([]);
  });

  it('connects a mailbox again with its own account and no other', async () => {
    const { browser, account, person, instanceId } = await newPersonWithMailbox(app);
    await app.dataSource.query(
      `UPDATE mcp_credentials SET oauth_status = 'failed', verdict = 'failed', error_code = 'INVALID_REFRESH_TOKEN'
       WHERE email = $1`,
      [account],
    );
    const page = await browser.page();
    expect(textOf(page)).toContain(`Connect ${account} again`);
    const begun = await browser.pressesOn(`${instanceId}/connect`);
    expect(new URL(begun.location!).searchParams.get('login_hint')).toBe(account);
    const wrong = await browser.passes(begun, { account: await newAccount(app) });
    expect(wrong.location).toContain('outcome=account_mismatch');
    const right = await browser.passes(await browser.pressesOn(`${instanceId}/connect`), { account });
    expect(right.location).toContain('outcome=connected');
    expect(await mailboxIds(app, person)).toEqual([instanceId]);
    expect(textOf(await browser.page())).not.toContain('again');
  });

  it('connects a mailbox that never was with the account it was made for', async () => {
    const { browser, account, person, instanceId } = await newPersonWithMailbox(app);
    await app.dataSource.query('UPDATE mcp_instances SET credential_id = NULL WHERE id = $1', [instanceId]);
    const begun = await browser.pressesOn(`${instanceId}/connect`);
    const wrong = await browser.passes(begun, { account: await newAccount(app) });
    expect(wrong.location).toContain('outcome=account_mismatch');
    const right = await browser.passes(await browser.pressesOn(`${instanceId}/connect`), { account });
    expect(right.location).toContain('outcome=connected');
    expect(await mailboxIds(app, person)).toEqual([instanceId]);
  });

  it('removes a mailbox, and the access goes back to Google', async () => {
    const { browser, person, instanceId } = await newPersonWithMailbox(app);
    const events = await eventsOf(app, () => browser.pressesOn(`${instanceId}/remove`));
    expect(events).toMatchObject([
      { event: 'instance.deleted', actor: { kind: 'person', id: person.id }, subject: { id: instanceId } },
    ]);
    expect([await isThere(instanceId), await mailboxIds(app, person)]).toEqual([false, []]);
    expect(await app.dataSource.query('SELECT attempts FROM revocations')).toEqual([{ attempts: 0 }]);
  });

  it('ends what a program may do', async () => {
    const { browser, person } = await newPersonWithMailbox(app);
    const { id, token } = await authorize(app, person);
    expect(await verify(app, token)).toMatchObject({ personId: person.id });
    const events = await eventsOf(app, () => browser.pressesOn(`clients/${id}/end`));
    expect(events).toMatchObject([
      { event: 'authorization.ended', actor: { kind: 'person', id: person.id }, subject: { id } },
    ]);
    expect(await verify(app, token)).toBeNull();
    expect(textOf(await browser.page())).toContain('No program may use your mailboxes.');
  });

  it('reaches nothing of another person of the tenant, nor of an instance that is the tenant’s own', async () => {
    const ours = await newPersonWithMailbox(app);
    const theirs = await newPersonWithMailbox(app);
    const { id, token } = await authorize(app, theirs.person);
    const own = await app.createInstance();
    for (const action of [
      `${theirs.instanceId}/remove`,
      `${theirs.instanceId}/connect`,
      `${own.id}/remove`,
      `${own.id}/connect`,
      `clients/${id}/end`,
      '00000000-0000-4000-8000-000000000000/remove',
      'clients/nothing/end',
      'nothing/remove',
    ]) {
      const { status, location } = await ours.browser.pressesOn(action);
      expect([action, status, location]).toEqual([action, 303, `${app.url}/mailboxes`]);
    }
    expect(await Promise.all([theirs.instanceId, own.id].map(isThere))).toEqual([true, true]);
    expect(await verify(app, token)).not.toBeNull();
    const seen = textOf(await ours.browser.page());
    expect(seen).not.toContain(theirs.account);
  });
});

describe('a form of that page', () => {
  const actions = ['add', 'sign-out', ':id/remove', ':id/connect', 'clients/:client/end'];

  it.each(actions)('is taken from no other site: %s', async (action) => {
    const { browser, person, instanceId } = await newPersonWithMailbox(app);
    const { id } = await authorize(app, person);
    const path = action.replace(':id', instanceId).replace(':client', id);
    const url = `${app.url}/mailboxes/${path}`;
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const refused = await browser.posts(url, {}, headers);
      expect([refused.status, refused.location]).toEqual([403, null]);
    }
    expect(await isThere(instanceId)).toBe(true);
    expect(textOf(await browser.page())).toContain('End the access');
  });

  it.each(actions.filter((action) => action !== 'sign-out'))(
    'is taken from the session that it was given to only: %s',
    async (action) => {
      const { browser, person, instanceId } = await newPersonWithMailbox(app);
      const other = await newPersonWithMailbox(app);
      const { id } = await authorize(app, person);
      const path = action.replace(':id', instanceId).replace(':client', id);
      const [, formToken = ''] =
        /name="formToken" value="([^"]+)"/.exec((await other.browser.page()).text) ?? [];
      for (const fields of [{}, { formToken }, { formToken: '' }]) {
        const refused = await browser.posts(`${app.url}/mailboxes/${path}`, fields);
        expect([refused.status, refused.location]).toEqual([403, null]);
      }
      expect(await isThere(instanceId)).toBe(true);
    },
  );

  it.each(actions.filter((action) => action !== 'sign-out'))(
    'without a session leads to the page: %s',
    async (action) => {
      const { person, instanceId } = await newPersonWithMailbox(app);
      const { id } = await authorize(app, person);
      const path = action.replace(':id', instanceId).replace(':client', id);
      const sent = await new PersonBrowser(app).posts(`${app.url}/mailboxes/${path}`, {});
      expect([sent.status, sent.location]).toEqual([303, `${app.url}/mailboxes`]);
      expect(await isThere(instanceId)).toBe(true);
    },
  );
});
