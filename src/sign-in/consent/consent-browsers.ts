import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignedInBrowsers, type SignedInPerson } from '../../identity/index.js';
import { InteractionCookies } from '../endpoints/interaction-cookies.js';
import { isFreshSignIn } from '../endpoints/fresh-sign-in.js';
import { AskedConsents, type AskedConsent } from './asked-consent.js';

/** What the browser of a request has to do with. */
@Injectable()
export class ConsentBrowsers {
  constructor(
    private readonly cookies: InteractionCookies,
    private readonly consents: AskedConsents,
    private readonly signedIn: SignedInBrowsers,
  ) {}

  /** What this browser was sent here to decide; null alike for what is over and for another browser's. */
  async asked(request: FastifyRequest, uid: string): Promise<AskedConsent | null> {
    return this.cookies.isOf(request, uid) ? this.consents.find(uid) : null;
  }

  /** Who is signed in; null also for a sign-in that is too old for what was asked, which takes them to Google again. */
  async person(request: FastifyRequest, { interaction }: AskedConsent): Promise<SignedInPerson | null> {
    const browser = await this.signedIn.of(request);
    if (browser === null) return null;
    const { params, iat } = interaction;
    const askedSecondsAgo = Date.now() / 1000 - iat;
    return isFreshSignIn(params, browser.person.signedInSecondsAgo, askedSecondsAgo) ? browser.person : null;
  }
}
