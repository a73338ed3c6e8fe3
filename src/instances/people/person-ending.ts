import type { ConnectOutcome } from '../connection/instance-connector.js';
import type { AuthorizationRefusal } from '../consent/authorization-response.js';
import { consentEnding } from '../consent/consent-ending.js';
import type { Identified } from '../consent/identified-grants.js';
import { isRefusal } from '../consent/refusal.js';
import type { PersonSignInOutcome } from './person-sign-in-outcome.js';

export type Identity = Extract<Identified, { reached: 'identity' }>;

/** How far a person's way through the provider came, and what was found there. */
export type PersonCourse =
  /** The provider sent the browser back without a code. */
  | { reached: 'authorization'; refusal: AuthorizationRefusal; consentForced: boolean }
  | (Exclude<Identified, Identity> & { consentForced: boolean })
  /** The person who was signed in is not any more, or another one is. */
  | { reached: 'person' }
  | { reached: 'scopes'; missing: readonly string[] }
  | { reached: 'admission'; email: string }
  /** Nothing was to be connected. */
  | { reached: 'session'; email: string }
  | {
      reached: 'connection';
      outcome: ConnectOutcome;
      instanceId: string;
      email: string;
      consentForced: boolean;
    };

/** What it ends in; `ask_again` sends the browser to the provider's consent page once more. */
export function personEnding(course: PersonCourse): PersonSignInOutcome | 'ask_again' {
  switch (course.reached) {
    case 'person':
      return { status: 'refused', error: 'state_expired' };
    case 'admission':
      return { status: 'refused', error: 'not_admitted', chosenAccount: course.email };
    case 'session':
      return { status: 'signed_in', email: course.email };
    case 'authorization':
    case 'client':
    case 'exchange':
    case 'account':
    case 'scopes':
    case 'connection':
      return asConsent(course);
  }
}

/** Whether it ended such that the tokens it brought have no use. */
export function isRefusedCourse(course: PersonCourse): boolean {
  switch (course.reached) {
    case 'person':
    case 'admission':
      return true;
    case 'scopes':
    case 'connection':
      return isRefusal(course);
    case 'authorization':
    case 'client':
    case 'exchange':
    case 'account':
    case 'session':
      return false;
  }
}

function asConsent(
  course: Exclude<PersonCourse, { reached: 'person' | 'admission' | 'session' }>,
): PersonSignInOutcome | 'ask_again' {
  const ending = consentEnding(course);
  if (ending === 'ask_again') return ending;
  if ('connected' in ending)
    return { status: 'connected', instanceId: ending.connected, email: ending.email ?? '' };
  const { error, chosenAccount, missing } = ending;
  return {
    ...{ status: 'refused', error },
    ...(chosenAccount !== undefined && { chosenAccount }),
    ...(missing !== undefined && { missing }),
  };
}
