import { clientHostOf } from '../../identity/index.js';
import type { PersonScope } from '../../instances/index.js';
import { formTargets, html, name, type Markup, type Page } from '../../pages/index.js';
import { shownName, vouching } from '../consent/client-words.js';
import { scopeWords } from '../scopes/scope-words.js';
import { mailboxToWiden, type AskedWidening } from './asked-widenings.js';

/** What a person sees before a client may do more than they had allowed it. */
export function wideningPage(
  asked: AskedWidening,
  { action, formToken, notice }: { action: string; formToken: string; notice: string | null },
): Page {
  const { authorization, held, lacking, browser, mailboxes } = asked;
  const asker = name(shownName({ clientName: authorization.clientName ?? undefined }));
  return {
    title: 'Let an application do more?',
    content: html`${notice === null ? html`` : html`<p role="alert">${notice}</p>`}
      <p>${asker}, which uses your Gmail through this server, asks to do more with it.</p>
      <dl>
        <dt>Application</dt>
        <dd>${asker}</dd>
        <dt>Where it comes from</dt>
        <dd>${vouching(clientHostOf(authorization.clientId))}</dd>
        <dt>You let it in</dt>
        <dd>${authorization.createdAt.toUTCString()}</dd>
      </dl>
      ${held.length === 0 ? html`` : html`<p>It can already:</p>`} ${words(held)}
      <form method="post" action="${action}">
        <input type="hidden" name="formToken" value="${formToken}" />
        ${choice(lacking)}
        ${mailboxes.map(({ email, instance, ...mailbox }) => {
          const isNarrow = mailboxToWiden(
            { ...asked, mailboxes: [{ email, instance, ...mailbox }] },
            lacking,
          );
          return html`<p>
            In
            <bdi>${email ?? instance.name}</bdi>${isNarrow === null ? '' : ' (Google will ask you once more)'}
          </p>`;
        })}
        <p>
          What leaves your mailbox is held to the rules of this server all the same. Go on only if you want
          ${asker} to do this: its link may have come to you by what someone else wrote.
        </p>
        <p>You are signed in as <bdi>${browser.person.email}</bdi>.</p>
        <p class="choice">
          <button type="submit" name="decision" value="allow">Allow</button>
          <button type="submit" name="decision" value="deny" class="other">Cancel</button>
        </p>
      </form>`,
    formTargets: formTargets(null),
  };
}

/** One has to be taken or left; of several the person chooses. */
function choice(lacking: readonly PersonScope[]): Markup {
  const [only, second] = lacking;
  if (only !== undefined && second === undefined)
    return html`<p>It asks to be able to:</p>
      ${words(lacking)} <input type="hidden" name="scope" value="${only}" />`;
  return html`<fieldset>
    <legend>It asks to be able to</legend>
    ${lacking.map(
      (scope) =>
        html`<label
          ><input type="checkbox" name="scope" value="${scope}" checked /> ${scopeWords[scope]}</label
        >`,
    )}
  </fieldset>`;
}

function words(scopes: readonly PersonScope[]): Markup {
  if (scopes.length === 0) return html``;
  return html`<ul>
    ${scopes.map((scope) => html`<li>${scopeWords[scope]}</li>`)}
  </ul>`;
}

/** The same for every link, so that it tells nothing to who only holds one. */
export function signInToDecidePage(action: string, notice: string | null = null): Page {
  return {
    title: 'Sign in to decide',
    content: html`${notice === null ? html`` : html`<p role="alert">${notice}</p>`}
      <p>
        A link that an application gives out is for the person who let it in. Sign in with Google, with the
        account that you let it in with.
      </p>
      ${googleForm(action, 'Continue with Google')}`,
    formTargets: formTargets(null),
  };
}

/** For what is unknown, ended, or another person's: which of them, no one is told. */
export function nothingToDecidePage(action: string, email: string): Page {
  return {
    title: 'There is nothing to decide here',
    content: html`<p>
        This link is not whole, was for an application that you have ended, or for another account than
        <bdi>${email}</bdi>, as which you are signed in. Nothing was changed.
      </p>
      ${googleForm(action, 'Another account')}`,
    formTargets: formTargets(null),
  };
}

function googleForm(action: string, label: string): Markup {
  return html`<form method="post" action="${action}">
    <button type="submit" name="decision" value="google">${label}</button>
  </form>`;
}

/** What became of a link that serves no more. */
export function decidedPage({ status, authorization, held }: AskedWidening): Page {
  const asker = name(shownName({ clientName: authorization.clientName ?? undefined }));
  const pages = {
    allowed: {
      title: 'Allowed',
      content: html`<p>This was decided: you let ${asker} do more. It can now:</p>
        ${words(held)}
        <p>You can close this page and go on in your application; it need not sign in again.</p>`,
    },
    denied: {
      title: 'Nothing was changed',
      content: html`<p>This was decided: you did not let ${asker} do more. It can ask for another link.</p>`,
    },
    over: {
      title: 'This link has expired',
      content: html`<p>It was good for ten minutes. Nothing was changed: have ${asker} give you another.</p>`,
    },
  } as const;
  return { ...pages[status === 'open' ? 'allowed' : status], formTargets: null };
}
