import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OwnerSessions, PersonSessions, PersonTokens } from '../../src/identity/index.js';
import { Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { signedIn } from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';
import { newAccount, pushed } from './pushed-events.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test' })));
afterAll(() => app.stop());

describe('a browser that was let in to decide', () => {
  it('ends the sessions of the account’s browsers, where the account is in doubt', async () => {
    const { account } = await newMailbox(app);
    const { sub: subject } = await app.google.addAccount({ email: account });
    const other = await app.google.addAccount({ email: await newAccount(app) });
    const { id: tenantId } = await new Callers(app).tenant();
    const sessions = app.part(OwnerSessions);
    const owner = { tenantId, provider: 'google', email: account };
    const opened = await sessions.open({ ...owner, subject });
    const theirs = await sessions.open({ ...owner, subject: other.sub });
    await app.advance(2);
    await pushed(app, { type: 'account-enabled', account });
    expect(await sessions.verify(opened)).not.toBeNull();
    await pushed(app, { type: 'sessions-revoked', account });
    expect([await sessions.verify(opened), (await sessions.verify(theirs))?.subject]).toEqual([
      null,
      other.sub,
    ]);
  });
});

describe('a person’s MCP client', () => {
  const ends = {
    'sessions-revoked': true,
    'tokens-revoked': true,
    'account-disabled': true,
    'account-enabled': false,
  };

  it.each(Object.entries(ends))('that was let in before is out after %s: %s', async (type, isOut) => {
    const { id, account } = await newMailbox(app);
    const other = await newMailbox(app);
    const { sub } = await app.google.addAccount({ email: account });
    const person = await signedIn(app, { email: account, mailboxes: [{ id }] });
    const bystander = await signedIn(app, { email: other.account, mailboxes: [other] });
    await app.dataSource.query('UPDATE people SET subject = $2 WHERE id = $1', [person.personId, sub]);
    const session = await app.part(PersonSessions).open({ ...person, id: person.personId });
    const isLetIn = async ({ token }: { token: string }) =>
      (await app.part(PersonTokens).verify(token)) !== null;
    expect(await isLetIn(person)).toBe(true);
    await app.advance(2);
    expect((await pushed(app, { type, account })).status).toBe(202);
    expect([await isLetIn(person), await isLetIn(bystander)]).toEqual([!isOut, true]);
    expect((await app.part(PersonSessions).verify(session)) === null).toBe(isOut);

    const headers = { 'x-evergrant-tenant': person.tenantId };
    const { body } = await app.api<{ items: { subject: { id: string } | null }[] }>(
      ...(['GET', '/api/audit?event=authorization.ended', undefined, headers] as const),
    );
    const told = body.items.map(({ subject }) => subject?.id);
    expect(told.includes(person.authorizationId)).toBe(isOut);
  });

  it('that was let in after the event stays', async () => {
    const { id, account } = await newMailbox(app);
    const { sub } = await app.google.addAccount({ email: account });
    await app.advance(301);
    const person = await signedIn(app, { email: account, mailboxes: [{ id }] });
    await app.dataSource.query('UPDATE people SET subject = $2 WHERE id = $1', [person.personId, sub]);
    await pushed(app, { type: 'tokens-revoked', account, agoSeconds: 60 });
    expect(await app.part(PersonTokens).verify(person.token)).not.toBeNull();
  });
});
