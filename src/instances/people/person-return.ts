import { Injectable } from '@nestjs/common';
import { AuditTrail, type RequestSource } from '../../audit/index.js';
import { PersonSessions } from '../../identity/index.js';
import type { AuthorizationResponse } from '../consent/authorization-response.js';
import { personEnding } from './person-ending.js';
import { PersonFollowUp, type ReturnedBrowser } from './person-follow-up.js';
import type { TakenGrant } from './person-grants.js';
import { personActor } from './person-instances.js';
import { PersonRedirect } from './person-redirect.js';
import { withOutcome, type PersonSignInOutcome } from './person-sign-in-outcome.js';
import { handleOfPersonState, PersonSignInStates, type PersonFlow } from './person-sign-in-states.js';

/** What a person's browser that comes back is answered. */
export type ReturnedPerson =
  /** No way of this browser's has the state. */
  | { status: 'unknown' }
  /** To the provider once more. */
  | { status: 'asked_again'; location: string }
  | {
      status: 'ended';
      /** Of a page of ours. */
      path: string;
      /** Of a session that was opened. */
      sessionSecret: string | null;
    };

const unavailable: PersonSignInOutcome = { status: 'refused', error: 'provider_unavailable' };

/** Ends a person's way through the provider: with a session, with a mailbox connected, or with why not. */
@Injectable()
export class PersonReturn {
  constructor(
    private readonly states: PersonSignInStates,
    private readonly redirect: PersonRedirect,
    private readonly followUp: PersonFollowUp,
    private readonly sessions: PersonSessions,
    private readonly trail: AuditTrail,
  ) {}

  async complete(response: AuthorizationResponse, browser: ReturnedBrowser): Promise<ReturnedPerson> {
    const claim = await this.states.claim(browser);
    if (claim.status === 'unknown') return claim;
    const { flow } = claim;
    if (claim.status === 'answered') return ended(flow, flow.outcome ?? unavailable);
    try {
      const taken = await this.followUp.of(flow, response, browser);
      const ending = personEnding(taken.course);
      if (ending === 'ask_again') return await this.askAgain(flow, browser);
      const sessionSecret = ending.status === 'refused' ? null : await this.welcome(flow, taken, browser);
      await this.states.settle(flow, ending);
      return ended(flow, ending, sessionSecret);
    } catch (error) {
      // The page that is loaded again must not wait for an outcome that never comes.
      await this.states.settle(flow, unavailable).catch(() => undefined);
      throw error;
    }
  }

  private async askAgain(flow: PersonFlow, browser: ReturnedBrowser): Promise<ReturnedPerson> {
    const state = await this.states.repeat(flow, handleOfPersonState(browser.state) ?? '');
    const secrets = { state, browserSecret: browser.browserSecret };
    const location = await this.redirect.url({ ...flow, consentForced: true }, secrets, null);
    if (location !== null) return { status: 'asked_again', location };
    const outcome = { status: 'refused', error: 'misconfigured' } as const;
    await this.states.settle(flow, outcome);
    return ended(flow, outcome);
  }

  /** @returns the secret of a new session; null where the person had one already */
  private async welcome(
    { personId }: PersonFlow,
    { signedIn }: TakenGrant,
    { sessionSecret, source }: ReturnedBrowser,
  ): Promise<string | null> {
    if (signedIn === null || personId !== null) return null;
    const secret = await this.sessions.open(signedIn.person, sessionSecret);
    await this.tell(signedIn, source);
    return secret;
  }

  private async tell(
    { person, isNew }: NonNullable<TakenGrant['signedIn']>,
    source: RequestSource,
  ): Promise<void> {
    const actor = personActor(person);
    const subject = { kind: 'person', id: person.id } as const;
    await this.trail.keep(...(isNew ? [{ event: 'person.created', actor, subject, source } as const] : []), {
      event: 'login.succeeded',
      actor,
      source,
    });
  }
}

function ended(
  { returnPath }: PersonFlow,
  outcome: PersonSignInOutcome,
  sessionSecret: string | null = null,
): ReturnedPerson {
  return { status: 'ended', path: withOutcome(returnPath, outcome), sessionSecret };
}
