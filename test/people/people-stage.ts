import { randomUUID } from 'node:crypto';
import { DomUtils, parseDocument } from 'htmlparser2';
import { passConsent, type ConsentChoice } from '../../sandbox/index.js';
import { PersonAuthorizations, PersonTokens, type Person } from '../../src/identity/index.js';
import { PersonRedirect, type PersonSignInWish } from '../../src/instances/people/person-redirect.js';
import { DecidingBrowser, fieldsOf, type Shown } from '../approvals/deciding-browser.js';
import type { TestApp } from '../harness/test-app.js';

/** Those whom the tests below let in: all accounts of one domain, and of another in a tenant of its own. */
export const ourDomain = 'people.example';

/** A Google account of a domain that no other test touches. */
export async function newAccount(
  app: TestApp,
  claims: { domain?: string; emailVerified?: boolean; hostedDomain?: string | null } = {},
): Promise<string> {
  const { domain = ourDomain, ...rest } = claims;
  const email = `${randomUUID().slice(0, 13)}@${domain}`;
  await app.google.addAccount({ email, ...rest });
  return email;
}

/** A person's browser. */
export class PersonBrowser extends DecidingBrowser {
  constructor(readonly app: TestApp) {
    super();
  }

  /** The page of their mailboxes, whatever brought them there. */
  async page(query = ''): Promise<Shown> {
    return this.opens(`${this.app.url}/mailboxes${query}`);
  }

  /** Signs in on that page, as far as the answer of the callback. */
  async enters(account: string): Promise<Shown> {
    return this.passes(await this.posts(`${this.app.url}/mailboxes/sign-in`, {}), { account });
  }

  /** Presses a button of that page. */
  async pressesOn(action: string, fields: Record<string, string> = {}): Promise<Shown> {
    const { formToken = '' } = fieldsOf((await this.page()).text);
    return this.posts(`${this.app.url}/mailboxes/${action}`, { formToken, ...fields });
  }

  async adds(account: string, scope = 'gmail:read'): Promise<Shown> {
    return this.passes(await this.pressesOn('add', { scope }), { account });
  }

  /** Goes to Google as a page of the authorization server sends them, and back. */
  async asks(wish: Partial<PersonSignInWish>, choice: ConsentChoice): Promise<Shown> {
    return this.passes({ location: await this.leavesFor(wish) }, choice);
  }

  /** @returns where the browser is sent, which holds the cookie of that way from then on */
  async leavesFor(wish: Partial<PersonSignInWish>): Promise<string> {
    const redirect = this.app.part(PersonRedirect);
    const begun = await redirect.begin({
      ...{ scopes: ['gmail:read'], returnPath: '/mailboxes?from=test', person: null, mailbox: null },
      ...wish,
    });
    this.keep(`evergrant_flow_${begun.handle}=${begun.browserSecret}`);
    return begun.location;
  }

  /** Answers the consent page, twice where it is asked for, as far as a page of ours. */
  async passes({ location }: { location: string | null }, choice: ConsentChoice): Promise<Shown> {
    let next = location;
    for (;;) {
      if (next === null) throw new Error('The browser was sent nowhere');
      const answer = await this.opens(await passConsent(next, choice));
      if (answer.location?.includes('redirect_uri=') !== true) return answer;
      next = answer.location;
    }
  }
}

/** A browser of a new person, with a mailbox that one consent connected. */
export async function newPersonWithMailbox(
  app: TestApp,
  scopes: PersonSignInWish['scopes'] = ['gmail:read'],
): Promise<{ browser: PersonBrowser; account: string; person: Person; instanceId: string }> {
  const account = await newAccount(app);
  const browser = new PersonBrowser(app);
  await browser.asks({ scopes }, { account });
  const person = await personOf(app, account);
  const [instanceId = ''] = await mailboxIds(app, person);
  return { browser, account, person, instanceId };
}

export async function personOf(app: TestApp, email: string): Promise<Person> {
  const [person] = await peopleOf(app, email);
  if (person === undefined) throw new Error(`${email} is nobody`);
  return person;
}

export async function peopleOf(app: TestApp, email: string): Promise<Person[]> {
  return app.dataSource.query<Person[]>(
    'SELECT id, tenant_id AS "tenantId", provider, subject, email FROM people WHERE email = $1',
    [email],
  );
}

export async function mailboxIds(app: TestApp, { id }: Person): Promise<string[]> {
  const found = await app.dataSource.query<{ id: string }[]>(
    'SELECT instance_id AS id FROM person_mailboxes WHERE person_id = $1 ORDER BY created_at, instance_id',
    [id],
  );
  return found.map((row) => row.id);
}

/** What a person lets a client do, with a token of it. */
export async function authorize(
  app: TestApp,
  person: Person,
  given: { instanceIds?: string[] | null; scopes?: string[]; lifeSeconds?: number; clientName?: string } = {},
): Promise<{ id: string; token: string }> {
  const { instanceIds = null, scopes = ['gmail:read'], lifeSeconds = 600, clientName = 'Claude' } = given;
  const id = randomUUID();
  const { tenantId } = person;
  await app
    .part(PersonAuthorizations)
    .save({ id, tenantId, personId: person.id, clientId: 'client-1', clientName, scopes, instanceIds });
  const token = `token-${randomUUID()}`;
  const resource = `${app.url}/mcp`;
  await app.part(PersonTokens).store(token, { authorizationId: id, scopes, resource, lifeSeconds });
  return { id, token };
}

export function verify(app: TestApp, token: string) {
  return app.part(PersonTokens).verify(token);
}

/** What a page says, as a reader sees it. */
export function textOf({ text }: Shown): string {
  const [, body = ''] = /<body>(.*)<\/body>/s.exec(text) ?? [];
  return DomUtils.textContent(parseDocument(body).children).replaceAll(/\s+/g, ' ');
}
