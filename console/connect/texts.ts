import type { Condition, ReauthCause } from './mailbox-condition.js';

/** All words that the element shows; pages replace them by its property `texts`. `{name}` and `{account}` are filled in. */
export interface Texts {
  states: Record<Condition['state'], string>;
  checking: string;
  connectedAs: string;
  waiting: string;
  failed: string;
  connect: string;
  signInAgain: string;
  continueToGoogle: string;
  openAgain: string;
  notNow: string;
  dialogTitle: string;
  dialogCauses: Record<ReauthCause, string>;
  dialogNext: string;
}

export const english: Texts = {
  states: {
    unknown: 'The connection cannot be checked just now.',
    connected: 'Connected',
    disturbed: 'Connected. Google is hard to reach just now; this passes by itself.',
    'not-connected': 'Not connected yet',
    'reauth-required': 'Signed out by Google',
    blocked: 'The administrator of your Google Workspace does not allow this. Please ask them.',
    misconfigured: 'Not available until the people who run this service have mended it.',
    'session-over': 'This page has been open for long. Reload it to see the connection.',
    forbidden: 'The connection cannot be shown.',
    gone: 'This connection does not exist any more.',
  },
  checking: 'Checking the connection …',
  connectedAs: 'Connected as {account}',
  waiting: 'Waiting for you to finish in the other window …',
  failed: 'That did not work just now. Nothing was lost; please try again.',
  connect: 'Connect mailbox',
  signInAgain: 'Sign in again',
  continueToGoogle: 'Continue to Google',
  openAgain: 'Open it again',
  notNow: 'Not now',
  dialogTitle: 'Please sign in to Google again',
  dialogCauses: {
    revoked:
      'Google has ended the access to {account}. That happens when the access is taken back in the Google account, or when its password is changed.',
    session_control:
      'Your organisation has people sign in to Google again after some time, and that time is over for {account}.',
    grant_expired:
      'Google had given the access to {account} for a limited time, and that is over. While an application is in testing, it is seven days.',
    account_disabled:
      'Google has closed the account {account}. Sign in again once it is open, or ask your administrator.',
    account_purged:
      'Google has deleted the account {account}. Ask the people who run this service to connect another one.',
    client_rejected:
      'Google no longer knows the application that {account} was connected with. Should signing in not help, tell the people who run this service.',
    scope_missing:
      'A permission that is needed is missing for {account}. Please leave all of them ticked on Google’s page.',
    other: 'Google no longer accepts the access to {account}.',
  },
  dialogNext: 'Nothing was lost: as soon as you have signed in, everything goes on where it stopped.',
};

/** A text with its names filled in. */
export function filled(text: string, { name, account }: { name: string; account: string | null }): string {
  return text.replaceAll('{name}', name).replaceAll('{account}', account ?? name);
}
