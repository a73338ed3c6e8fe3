import { html, type Markup } from '../../pages/index.js';
import type { PersonSignInError } from '../people/person-sign-in-outcome.js';

/** Why a person's way through Google led to nothing, and what to do; made of a word in a URL, so it claims no more. */
export const outcomeWords: Record<PersonSignInError, Markup> = {
  access_denied: html`The permission was not given at Google. Nothing was stored.`,
  state_expired: html`Google’s answer came too late, was used already, or your session had ended. Please try
  again.`,
  account_mismatch: html`You chose another Google account than the one of that mailbox. Nothing was changed.`,
  scope_missing: html`Not every permission was ticked on Google’s page. Nothing was stored. Please leave them
  ticked.`,
  provider_unavailable: html`Google could not complete the request just now. Nothing was lost. Please try
  again.`,
  admin_blocked: html`The administrator of your Google Workspace does not let this application use your
  account. Ask your administrator to allow it.`,
  misconfigured: html`This server’s connection to Google is not set up correctly. Please tell the people who
  run it.`,
  not_admitted: html`That Google account may not sign in here, and nothing of it was kept. Choose another
  account, or ask the people who run this server to let it in.`,
};
