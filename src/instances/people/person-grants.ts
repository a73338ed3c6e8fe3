import { Injectable } from '@nestjs/common';
import type { RequestSource } from '../../audit/index.js';
import { coversScope } from '../../gmail/index.js';
import { People, type Person } from '../../identity/index.js';
import type { ProviderAccount } from '../../oauth/index.js';
import { RefusedConsents } from '../consent/refused-consents.js';
import { isRefusedCourse, type Identity, type PersonCourse } from './person-ending.js';
import { PersonConnection } from './person-connection.js';
import { askedScopes } from './person-redirect.js';
import type { PersonFlow } from './person-sign-in-states.js';

/** What became of a person's consent, and whose it was, once that is known and admitted. */
export interface TakenGrant {
  course: PersonCourse;
  signedIn: { person: Person; isNew: boolean } | null;
}

/** Takes what the provider gave a person, or refuses it; what is refused is ended there, so far as nothing else ends. */
@Injectable()
export class PersonGrants {
  constructor(
    private readonly people: People,
    private readonly connection: PersonConnection,
    private readonly refused: RefusedConsents,
  ) {}

  /** @param holder who connects a mailbox; null for a sign-in, whose account has to be admitted */
  async take(
    flow: PersonFlow,
    identity: Identity,
    holder: Person | null,
    source: RequestSource,
  ): Promise<TakenGrant> {
    const taken = await this.taken(flow, identity, holder, source);
    if (isRefusedCourse(taken.course)) await this.refuse(flow, identity);
    return taken;
  }

  /** Of a person who is not signed in any more. */
  async refuse(
    { id, provider, consentForced, instanceId }: PersonFlow,
    { client, account, tokens }: Identity,
  ): Promise<void> {
    await this.refused.end({ provider, client, account, tokens, consentForced, instanceId }, id);
  }

  private async taken(
    flow: PersonFlow,
    identity: Identity,
    holder: Person | null,
    source: RequestSource,
  ): Promise<TakenGrant> {
    const { account, tokens } = identity;
    const asked = askedScopes(flow.scopes);
    const granted = tokens.scopes ?? asked;
    const missing = asked.filter((scope) => !coversScope(granted, scope));
    if (missing.length > 0) return { course: { reached: 'scopes', missing }, signedIn: null };
    const signedIn = holder === null ? await this.admitted(flow, account) : { person: holder, isNew: false };
    if (signedIn === null) return { course: { reached: 'admission', email: account.email }, signedIn: null };
    if (flow.scopes.length === 0) return { course: { reached: 'session', email: account.email }, signedIn };
    const course = await this.connection.connect(signedIn.person, flow, { ...identity, granted }, source);
    return { course, signedIn };
  }

  private async admitted(
    { provider }: PersonFlow,
    { subject, email, emailVerified, hostedDomain }: ProviderAccount,
  ): Promise<TakenGrant['signedIn']> {
    const admission = await this.people.admit({
      ...{ provider, subject, email },
      isEmailVerified: emailVerified === true,
      hostedDomain: hostedDomain ?? null,
    });
    return admission.status === 'admitted' ? admission : null;
  }
}
