import { formTargets, html, type Page } from '../../pages/index.js';

/** All that a link to an approval tells by itself: it is the same for one that there is and for one that is not. */
export function approvalSignInPage(id: string): Page {
  return {
    title: 'Something may wait for your decision',
    content: html`<p>
        An assistant that works with a mailbox may have asked for something that a person has to decide on.
        What it is, only the owner of the mailbox and the people who run its connection are shown.
      </p>
      <p>
        If the mailbox is yours, sign in with its Google account. This server learns who you are, and gets no
        further access.
      </p>
      <form method="post" action="${id}/sign-in"><button type="submit">Sign in with Google</button></form>
      <h2>For people who run the connection</h2>
      <p>
        Sign in to the console with a key that may decide on approvals (<code>approvals:decide</code>), then
        load this page again.
      </p>`,
    formTargets: formTargets(null),
  };
}
