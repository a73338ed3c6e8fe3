import { html, name, type Markup, type Page } from '../../pages/index.js';
import type { OwnerSignInEnding, OwnerSignInError } from '../owners/owner-sign-in-ending.js';

type Refused = Extract<OwnerSignInEnding, { status: 'refused' }> & { returnPath: string | null };

/** Why a person is not taken for the owner of the mailbox, and what to do. */
export function ownerSignInPage(refused: Refused, publicUrl: string): Page {
  const { returnPath } = refused;
  return {
    title: titles[refused.error],
    content: html`${explanations[refused.error](refused)}
    ${returnPath === null ? html`` : html`<p><a href="${publicUrl + returnPath}">Back to the page, to try again</a></p>`}`,
    formTargets: null,
  };
}

const titles = {
  access_denied: 'Not signed in',
  state_expired: 'Not signed in',
  account_mismatch: 'Not signed in: another account',
  provider_unavailable: 'Not signed in yet',
  admin_blocked: 'Not signed in: your organisation does not allow it',
  misconfigured: 'Not signed in: not set up correctly',
  mailbox_missing: 'Nothing to show here',
  owner_unknown: 'Not signed in: the owner is not known',
} as const satisfies Record<OwnerSignInError, string>;

const explanations: Record<OwnerSignInError, (refused: Refused) => Markup> = {
  access_denied: () => html`<p>You did not sign in. Nothing was shown and nothing decided.</p>`,
  state_expired: () =>
    html`<p>
      Google’s answer came too late, was used already, or belongs to another browser; or there is nothing
      behind the link, or not any more. Open your link again and sign in there.
    </p>`,
  account_mismatch: ({ chosen, expected }) =>
    html`<p>
      You signed in as ${chosen === undefined ? html`another account` : name(chosen)}, but this mailbox
      belongs to ${expected == null ? html`another Google account` : name(expected)}. Only its owner, signed
      in with that account, can see and decide this here.
    </p>`,
  provider_unavailable: () => html`<p>Google could not complete the request just now. Nothing was lost.</p>`,
  admin_blocked: () =>
    html`<p>
      The administrator of your Google Workspace does not let this application know who you are. Ask your
      administrator to allow it.
    </p>`,
  misconfigured: () =>
    html`<p>
      This server’s connection to Google is not set up correctly, and trying again will not help until it is.
      Please tell the operator, the people who run the server.
    </p>`,
  mailbox_missing: () =>
    html`<p>There is nothing behind this link, or not any more, that your account could decide on.</p>`,
  owner_unknown: () =>
    html`<p>
      Which Google account this mailbox belongs to is not known for certain: it is not connected, or was
      connected without saying so. The people who run the connection can decide, or connect it again.
    </p>`,
};
