import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignedInBrowsers, type Person } from '../../identity/index.js';
import { InteractionCookies } from '../endpoints/interaction-cookies.js';
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

  async person(request: FastifyRequest): Promise<Person | null> {
    return (await this.signedIn.of(request))?.person ?? null;
  }
}
