import { Injectable } from '@nestjs/common';
import type { RequestSource } from '../../audit/index.js';
import { PersonSessions, type Person } from '../../identity/index.js';
import { ProviderRegistry } from '../../oauth/index.js';
import { authorizationAnswer, type AuthorizationResponse } from '../consent/authorization-response.js';
import { IdentifiedGrants } from '../consent/identified-grants.js';
import type { FlowSecrets } from '../flows/consent-flow.js';
import { PersonGrants, type TakenGrant } from './person-grants.js';
import type { PersonFlow } from './person-sign-in-states.js';

/** The browser that came back. */
export interface ReturnedBrowser extends FlowSecrets {
  /** Of the person's session in it, if there is one. */
  sessionSecret: string | undefined;
  source: RequestSource;
}

/** Follows up what the provider sent back with a person's state. */
@Injectable()
export class PersonFollowUp {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly identified: IdentifiedGrants,
    private readonly grants: PersonGrants,
    private readonly sessions: PersonSessions,
  ) {}

  async of(flow: PersonFlow, response: AuthorizationResponse, browser: ReturnedBrowser): Promise<TakenGrant> {
    const { consentForced } = flow;
    const answer = authorizationAnswer(response, this.providers.get(flow.provider).issuer);
    if (answer.status !== 'code')
      return { course: { reached: 'authorization', refusal: answer, consentForced }, signedIn: null };
    const identity = await this.identified.of(flow, answer.code, browser);
    if (identity.reached !== 'identity') return { course: { ...identity, consentForced }, signedIn: null };
    if (flow.personId === null) return this.grants.take(flow, identity, null, browser.source);
    const holder = await this.holderOf(flow, browser);
    if (holder !== null) return this.grants.take(flow, identity, holder, browser.source);
    await this.grants.refuse(flow, identity);
    return { course: { reached: 'person' }, signedIn: null };
  }

  /** Null when the person who began is not signed in any more, or another one is. */
  private async holderOf(
    { personId }: PersonFlow,
    { sessionSecret }: ReturnedBrowser,
  ): Promise<Person | null> {
    const person = sessionSecret === undefined ? null : await this.sessions.verify(sessionSecret);
    return person?.id === personId ? person : null;
  }
}
