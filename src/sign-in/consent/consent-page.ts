import { formTargets, html, name, type Markup, type Page } from '../../pages/index.js';
import type { PersonScope } from '../../instances/index.js';
import { scopeWords } from '../scopes/scope-words.js';
import { clientOrigin, shownName, type ToldClient } from './client-words.js';

/** A mailbox as the page tells of it. */
export interface ToldMailbox {
  id: string;
  address: string;
  lacksScopes: boolean;
  /** What the policy holds of what leaves it. */
  rules: readonly string[];
}

export interface ToldConsent {
  /** Where its forms go, from whichever of our pages it is shown. */
  action: string;
  client: ToldClient;
  scopes: readonly PersonScope[];
  /** Who is signed in in this browser, with the mailboxes that can be chosen; null for a browser that is not known. */
  person: { id: string; email: string; mailboxes: readonly ToldMailbox[] } | null;
  /** Shown above all else: why the page is shown again. */
  notice: string | null;
}

/** What a person sees before anything is allowed, and before Google: which client asks for what, of which mailboxes. */
export function consentPage({ action, client, scopes, person, notice }: ToldConsent): Page {
  const asker = name(shownName(client));
  return {
    title: 'Let an application use your mail?',
    content: html`${notice === null ? html`` : html`<p role="alert">${notice}</p>`}
      <p>${asker} asks to use your Gmail through this server.</p>
      <dl>
        <dt>Application</dt>
        <dd>${asker}</dd>
        <dt>Where it comes from</dt>
        <dd>${clientOrigin(client)}</dd>
      </dl>
      <p>It will be able to:</p>
      <ul>
        ${scopes.map((scope) => html`<li>${scopeWords[scope]}</li>`)}
      </ul>
      <p>
        What leaves your mailbox is held to the rules of this server all the same. Go on only if you have just
        begun this in ${asker}.
      </p>
      ${person === null ? strangersForm(action) : personsForm(action, person)}`,
    formTargets: [...formTargets(null), ...ownTarget(client.redirectUri)],
  };
}

const denyButton = html`<button type="submit" name="decision" value="deny" class="other">Cancel</button>`;

function strangersForm(action: string): Markup {
  return html`<form method="post" action="${action}">
    <p class="choice">
      <button type="submit" name="decision" value="google">Continue with Google</button>${denyButton}
    </p>
  </form>`;
}

function personsForm(action: string, { id, email, mailboxes }: NonNullable<ToldConsent['person']>): Markup {
  const allow = html`<button type="submit" name="decision" value="allow">Allow</button>`;
  return html`<form method="post" action="${action}">
    <p>You are signed in as <bdi>${email}</bdi>.</p>
    <input type="hidden" name="person" value="${id}" />
    ${mailboxes.length === 0 ? html`<p>You have not connected a mailbox yet.</p>` : mailboxFields(mailboxes)}
    <p class="choice">${mailboxes.length === 0 ? html`` : allow}${denyButton}</p>
    <p class="choice">
      <button type="submit" name="decision" value="google" class="other">Connect a mailbox</button>
      <button type="submit" name="decision" value="other" class="other">Another account</button>
    </p>
  </form>`;
}

function mailboxFields(mailboxes: readonly ToldMailbox[]): Markup {
  return html`<fieldset>
      <legend>Mailboxes</legend>
      ${mailboxes.map(
        ({ id, address, lacksScopes }) =>
          html`<label>
            <input type="checkbox" name="mailbox" value="${id}" checked />
            <bdi>${address}</bdi>${lacksScopes ? ' (Google will ask you once more)' : ''}
          </label>`,
      )}
      <label><input type="checkbox" name="later" value="yes" checked /> And those that I connect later</label>
    </fieldset>
    ${mailboxes.map(rulesOf)}`;
}

/** Folded, for they may be many; the sentence above them says that there are some. */
function rulesOf({ address, rules }: ToldMailbox): Markup {
  if (rules.length === 0)
    return html`<p>No rule holds what leaves <bdi>${address}</bdi>: it goes out at once.</p>`;
  return html`<details>
    <summary>What holds what leaves <bdi>${address}</bdi></summary>
    <ul>
      ${rules.map((rule) => html`<li>${rule}</li>`)}
    </ul>
  </details>`;
}

/** Where the browser goes on to in the end: Chromium holds redirects of a form to `form-action`, too. */
function ownTarget(redirectUri: string): string[] {
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === 'https:') return [];
  // A literal IPv6 address is no source of a policy (CSP Level 3, section 2.3.1).
  return protocol !== 'http:' || hostname === '[::1]' ? [protocol] : [];
}
