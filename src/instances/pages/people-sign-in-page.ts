import { formTargets, html, name, type Page } from '../../pages/index.js';
import type { PersonSignInError } from '../people/person-sign-in-outcome.js';
import { outcomeWords } from './person-outcome.js';

/** What a browser sees in which no person is signed in. */
export function peopleSignInPage(host: string, error: PersonSignInError | null): Page {
  return {
    title: 'Your mailboxes',
    content: html`${error === null ? html`` : html`<p role="alert">${outcomeWords[error]}</p>`}
      <p>
        Sign in with Google to see which of your mailboxes are connected to ${name(host)}, and which programs
        may use them. This server learns who you are, and gets no further access by it.
      </p>
      <form method="post" action="mailboxes/sign-in">
        <button type="submit">Sign in with Google</button>
      </form>`,
    formTargets: formTargets(null),
  };
}
