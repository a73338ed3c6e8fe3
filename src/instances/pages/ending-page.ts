import { formTargets, html, name, type Markup, type Page } from '../../pages/index.js';
import type { ConsentErrorCode, ConsentOutcome } from '../flows/consent-outcome.js';
import type { ToldFlow } from '../flows/told-flows.js';
import { permissions } from './permissions.js';

type Failure = Extract<ConsentOutcome, { error: ConsentErrorCode }>;

/** Our own end of a consent that named no `returnTo`. Without a flow of this browser's it claims nothing of its own. */
export function endingPage(outcome: ConsentOutcome | null, flow: ToldFlow | null): Page {
  if (outcome !== null && 'error' in outcome) return failurePage(outcome, flow);
  if (outcome === null || flow === null) return nothingToTell;
  return {
    title: 'Mailbox connected',
    content: html`<p>
        ${outcome.email === null ? html`The mailbox` : name(outcome.email)} is now connected to
        ${name(flow.instanceName)}.
      </p>
      ${outcome.grantExpiresAt === undefined ? html`` : endsByItself(outcome.grantExpiresAt)}
      <p>You may close this page. You can take the access back in your Google account at any time.</p>`,
    formTargets: null,
  };
}

/** Google ends what was granted to an application in testing (https://support.google.com/cloud/answer/15549945). */
function endsByItself(at: string): Markup {
  const date = new Date(at).toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return html`<p>
    Google will end this by itself on ${date} UTC, as it does after seven days while an application is in
    testing. You will then have to connect again; the people who run this server can publish it to avoid that.
  </p>`;
}

const nothingToTell: Page = {
  title: 'Nothing to show here',
  content: html`<p>
    No consent has ended in this browser just now. Whether a mailbox is connected, the place that you got your
    link from can tell.
  </p>`,
  formTargets: null,
};

const failureTitles = {
  access_denied: 'Not connected',
  state_expired: 'Not connected: it took too long',
  account_mismatch: 'Not connected: another account',
  scope_missing: 'Not connected: a permission is missing',
  provider_unavailable: 'Not connected yet',
  admin_blocked: 'Not connected: your organisation does not allow it',
  misconfigured: 'Not connected: not set up correctly',
} as const satisfies Record<ConsentErrorCode, string>;

function failurePage(failure: Failure, flow: ToldFlow | null): Page {
  const about =
    flow === null ? html`` : html`<p>This was about the connection ${name(flow.instanceName)}.</p>`;
  return {
    title: failureTitle(failure, flow),
    content: html`${explanations[failure.error](failure, flow)} ${about}
    ${flow === null ? html`` : html`<form method="post" action="retry/${flow.handle}"><button type="submit">Try again</button></form>`}`,
    formTargets: flow === null ? null : formTargets(flow.returnTo),
  };
}

function failureTitle({ error, sessionControl }: Failure, flow: ToldFlow | null): string {
  if (sessionControl) return 'Not connected: sign in to Google again';
  return error === 'state_expired' && flow === null ? 'This link is no longer valid' : failureTitles[error];
}

const explanations: Record<ConsentErrorCode, (failure: Failure, flow: ToldFlow | null) => Markup> = {
  access_denied: () => html`<p>The permission was not given. Nothing was stored.</p>`,
  state_expired: ({ sessionControl }, flow) => {
    if (sessionControl)
      return html`<p>Your organisation asks you to sign in to Google again. Nothing was stored.</p>`;
    return flow === null
      ? html`<p>
          It was used already, is too old, or belongs to another browser. Ask for a new one where you got it
          from.
        </p>`
      : html`<p>
          Google’s answer came too late, or came from a page that is no longer current. Nothing was stored.
        </p>`;
  },
  account_mismatch: ({ chosenAccount }, flow) =>
    html`<p>
        You signed in as ${chosenAccount === undefined ? html`another account` : name(chosenAccount)}, but
        this connection belongs to
        ${flow?.expectedAccount == null ? html`another Google account` : name(flow.expectedAccount)}. Nothing
        was changed.
      </p>
      <p>Choose that account, or ask for a new connection for the other one.</p>`,
  scope_missing: ({ missing = [] }) =>
    html`<p>
        Not every permission was ticked on Google’s page. Nothing was stored. Please leave them ticked:
      </p>
      <ul>
        ${permissions(missing).map((permission) => html`<li>${permission}</li>`)}
      </ul>`,
  provider_unavailable: () => html`<p>Google could not complete the request just now. Nothing was lost.</p>`,
  admin_blocked: () =>
    html`<p>
      The administrator of your Google Workspace does not let this application use your mailbox. Ask your
      administrator to allow it, or choose an account outside of the organisation.
    </p>`,
  misconfigured: () =>
    html`<p>
      This server’s connection to Google is not set up correctly, and trying again will not help until it is.
      Please tell the operator, the people who run the server. Nothing was stored.
    </p>`,
};
