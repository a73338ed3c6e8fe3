import type { Authorization } from '../../identity/index.js';
import { formTargets, html, name, type Markup, type Page } from '../../pages/index.js';
import type { ConnectedMailbox } from '../people/connected-mailboxes.js';
import type { PersonSignInError } from '../people/person-sign-in-outcome.js';
import { knownPersonScopes, personScopes, wordsOfScope, type PersonScope } from '../scopes/person-scopes.js';
import { outcomeWords } from './person-outcome.js';

export interface MailboxesShown {
  email: string;
  mailboxes: readonly ConnectedMailbox[];
  authorizations: readonly Authorization[];
  /** Shows that a form came from this page, as this session was given it. */
  formToken: string;
  error: PersonSignInError | null;
}

/** What a person has connected, which clients may use it, and the buttons that change that. */
export function mailboxesPage(shown: MailboxesShown): Page {
  const { email, mailboxes, authorizations, formToken, error } = shown;
  const token = html`<input type="hidden" name="formToken" value="${formToken}" />`;
  return {
    title: 'Your mailboxes',
    content: html`${error === null ? html`` : html`<p role="alert">${outcomeWords[error]}</p>`}
      <p>You are signed in as ${name(email)}.</p>
      ${mailboxes.length === 0 ? html`<p>You have connected no mailbox yet.</p>` : html``}
      ${mailboxes.map((mailbox) => mailboxMarkup(mailbox, authorizations, token))}
      <h2>Add a mailbox</h2>
      ${addForm(authorizations, token)}
      <h2>Programs that act for you</h2>
      ${authorizations.length === 0 ? html`<p>No program may use your mailboxes.</p>` : html``}
      ${authorizations.map((authorization) => clientMarkup(authorization, mailboxes, token))}
      <form method="post" action="mailboxes/sign-out">
        ${token}<button type="submit" class="other">Sign out</button>
      </form>`,
    formTargets: formTargets(null),
  };
}

function mailboxMarkup(
  { instanceId, email, scopes, requiresReauth }: ConnectedMailbox,
  authorizations: readonly Authorization[],
  token: Markup,
): Markup {
  const users = authorizations.filter((each) => opens(each, instanceId));
  const state = requiresReauth
    ? html`<p>It is not connected at the moment.</p>
        <form method="post" action="mailboxes/${instanceId}/connect">
          ${token}<button type="submit">Connect <bdi>${email ?? 'it'}</bdi> again</button>
        </form>`
    : html`<p>It can be used to:</p>
        <ul>
          ${scopes.map((scope) => html`<li>${wordsOfScope(scope)}</li>`)}
        </ul>`;
  return html`<h2><bdi>${email ?? 'A mailbox'}</bdi></h2>
    ${state}
    <p>
      Used by: ${users.length === 0 ? html`no program` : users.map((each, n) => listed(clientName(each), n))}.
    </p>
    <details>
      <summary>Remove <bdi>${email ?? 'it'}</bdi></summary>
      <p>
        No program can use it any more, and the access to it is given back to Google, unless something else
        here uses it.
      </p>
      <form method="post" action="mailboxes/${instanceId}/remove">
        ${token}<button type="submit">Remove <bdi>${email ?? 'it'}</bdi> now</button>
      </form>
    </details>`;
}

function clientMarkup(
  authorization: Authorization,
  mailboxes: readonly ConnectedMailbox[],
  token: Markup,
): Markup {
  const { id, instanceIds, scopes, createdAt } = authorization;
  const opened = mailboxes.filter(({ instanceId }) => instanceIds?.includes(instanceId) === true);
  const since = createdAt.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return html`<p>${clientName(authorization)}, since ${since}, may:</p>
    <ul>
      ${knownPersonScopes(scopes).map((scope) => html`<li>${wordsOfScope(scope)}</li>`)}
    </ul>
    <p>
      ${
        instanceIds === null
          ? html`It may use all your mailboxes, also those that you add later.`
          : html`It may use
            ${
              opened.length === 0
                ? html`none of your mailboxes`
                : opened.map(({ email }, n) => listed(name(email ?? 'a mailbox'), n))
            }.`
      }
    </p>
    <form method="post" action="mailboxes/clients/${encodeURIComponent(id)}/end">
      ${token}<button type="submit" class="other">
        End the access of <bdi>${nameText(authorization)}</bdi>
      </button>
    </form>`;
}

/** What the programs of the person ask for is ticked; reading, where there are none. */
function addForm(authorizations: readonly Authorization[], token: Markup): Markup {
  const asked = knownPersonScopes(authorizations.flatMap(({ scopes }) => scopes));
  const ticked: readonly PersonScope[] = asked.length === 0 ? ['gmail:read'] : asked;
  return html`<form method="post" action="mailboxes/add">
    ${token}
    <fieldset>
      <legend>Let it be used to:</legend>
      ${personScopes.map((scope) => scopeChoice(scope, ticked.includes(scope)))}
    </fieldset>
    <button type="submit">Add a mailbox with Google</button>
  </form>`;
}

function scopeChoice(scope: PersonScope, isTicked: boolean): Markup {
  const box = isTicked
    ? html`<input type="checkbox" name="scope" value="${scope}" checked />`
    : html`<input type="checkbox" name="scope" value="${scope}" />`;
  return html`<label>${box} ${wordsOfScope(scope)}</label>`;
}

function opens({ instanceIds }: Authorization, instanceId: string): boolean {
  return instanceIds === null || instanceIds.includes(instanceId);
}

function listed(each: Markup, n: number): Markup {
  return n === 0 ? each : html`, ${each}`;
}

function clientName(authorization: Authorization): Markup {
  return name(nameText(authorization));
}

function nameText({ clientName: called, clientId }: Authorization): string {
  return called ?? clientId;
}
