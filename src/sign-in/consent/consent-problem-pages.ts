import { html, type Page } from '../../pages/index.js';

function problemPage(title: string, content: Page['content']): Page {
  return { title, content, formTargets: null };
}

/** For an interaction that is over, unknown, or another browser's: which of them, no stranger is told. */
export const interactionOverPage = problemPage(
  'Please begin again in your application',
  html`<p>
    This page has expired, was used already, or was opened in another browser than the one that your
    application opened. Nothing was allowed. Go back to your application and connect again.
  </p>`,
);

const reasons: Readonly<Record<string, string>> = {
  not_admitted: 'This account may not sign in here. The people who run this server decide who may.',
  access_denied: 'Google says that you did not agree. Nothing was allowed.',
  account_mismatch: 'Another account was chosen at Google than the one that was meant.',
  scope_missing: 'At Google some of the boxes were not ticked that the application needs.',
  state_expired: 'Google’s answer came too late, or belongs to another browser.',
  admin_blocked: 'The administrator of your Google Workspace does not allow this application.',
  misconfigured: 'This server’s connection to Google is not set up correctly: tell the people who run it.',
};

/** Why the way through Google was in vain, from the word that the browser comes back with. */
export function googleProblem(outcome: string): string {
  return reasons[outcome] ?? 'Google could not complete the request just now. Nothing was lost.';
}
