import { Injectable } from '@nestjs/common';
import { AuditTrail, type RequestSource } from '../../audit/index.js';
import { OwnerSessions } from '../../identity/index.js';
import { ProviderRegistry } from '../../oauth/index.js';
import { authorizationAnswer, type AuthorizationResponse } from '../consent/authorization-response.js';
import type { FlowSecrets } from '../flows/consent-flow.js';
import { OwnerIdentification } from './owner-identification.js';
import { ownerSignInEnding, type OwnerSignInCourse, type OwnerSignInEnding } from './owner-sign-in-ending.js';
import { OwnerSignInStates, type ReturnedSignIn } from './owner-sign-in-states.js';

type Refused = Extract<OwnerSignInEnding, { status: 'refused' }>;

/** What a browser that comes back from a sign-in is answered. */
export type ReturnedOwner =
  | { status: 'signed_in'; returnPath: string; sessionSecret: string }
  /** The same answer came before; whether the browser has a session, its page finds. */
  | { status: 'answered'; returnPath: string }
  | (Refused & { returnPath: string | null });

/** Ends a sign-in: with a session for the owner of the mailbox, and for no other person. */
@Injectable()
export class OwnerReturn {
  constructor(
    private readonly states: OwnerSignInStates,
    private readonly providers: ProviderRegistry,
    private readonly identification: OwnerIdentification,
    private readonly sessions: OwnerSessions,
    private readonly trail: AuditTrail,
  ) {}

  async complete(
    response: AuthorizationResponse,
    secrets: FlowSecrets,
    source: RequestSource,
  ): Promise<ReturnedOwner> {
    const claim = await this.states.claim(secrets);
    if (claim.status === 'unknown') return { status: 'refused', error: 'state_expired', returnPath: null };
    const { returnPath } = claim.signIn;
    if (claim.status === 'answered') return { status: 'answered', returnPath };
    const ending = ownerSignInEnding(await this.courseOf(claim.signIn, response, secrets));
    if (ending.status === 'refused') return { ...ending, returnPath };
    const { tenantId, subject: id } = ending.owner;
    const sessionSecret = await this.sessions.open(ending.owner);
    await this.trail.keep({ event: 'login.succeeded', actor: { kind: 'owner', id, tenantId }, source });
    return { status: 'signed_in', returnPath, sessionSecret };
  }

  private async courseOf(
    signIn: ReturnedSignIn,
    response: AuthorizationResponse,
    secrets: FlowSecrets,
  ): Promise<OwnerSignInCourse> {
    const answer = authorizationAnswer(response, this.providers.get(signIn.provider).issuer);
    if (answer.status !== 'code') return { reached: 'authorization', refusal: answer };
    return this.identification.of(signIn, answer.code, secrets);
  }
}
