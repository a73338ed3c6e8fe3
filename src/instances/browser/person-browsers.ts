import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sourceOf } from '../../audit/index.js';
import { PersonCookie } from '../../identity/index.js';
import { showPage } from '../../pages/index.js';
import type { AuthorizationResponse } from '../consent/authorization-response.js';
import { InstancesOptions } from '../instances-options.js';
import { ownerSignInPage } from '../pages/owner-sign-in-page.js';
import { PersonRedirect, type PersonSignInWish } from '../people/person-redirect.js';
import { PersonReturn, type ReturnedPerson } from '../people/person-return.js';
import { handleOfPersonState } from '../people/person-sign-in-states.js';
import { FlowCookies } from './flow-cookies.js';

/** Takes people's browsers to the provider and back: to sign in, to connect a mailbox, or both by one consent. */
@Injectable()
export class PersonBrowsers {
  constructor(
    private readonly redirect: PersonRedirect,
    private readonly returned: PersonReturn,
    private readonly flowCookies: FlowCookies,
    private readonly personCookie: PersonCookie,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * Begins it in this browser. Call it for forms of our own pages only (`PostedForms`), so that no other site signs a
   * person in, or connects a mailbox, unasked.
   * @returns where the browser goes next. It comes back to `returnPath` with `outcome` in the query: `signed_in`,
   * `connected`, or one of `PersonSignInError`
   * @throws EvergrantError `DEPLOYMENT_CLIENT_REJECTED` when the OAuth client is not configured any more
   */
  async begin(reply: FastifyReply, wish: PersonSignInWish): Promise<string> {
    const { location, handle, browserSecret } = await this.redirect.begin(wish);
    this.flowCookies.write(reply, handle, browserSecret);
    return location;
  }

  /** Answers what came back with a person's state. @returns false, having done nothing, for any other state */
  async answer(
    response: AuthorizationResponse,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const { state = '' } = response;
    const handle = handleOfPersonState(state);
    if (handle === null) return false;
    const browserSecret = this.flowCookies.read(request, handle);
    const sessionSecret = this.personCookie.read(request);
    const end: ReturnedPerson =
      browserSecret === undefined
        ? { status: 'unknown' }
        : await this.returned.complete(response, {
            ...{ state, browserSecret, sessionSecret },
            source: sourceOf(request),
          });
    await this.end(reply, end);
    return true;
  }

  private async end(reply: FastifyReply, end: ReturnedPerson): Promise<void> {
    const { publicUrl } = this.options;
    if (end.status === 'unknown') {
      const refused = { status: 'refused', error: 'state_expired', returnPath: null } as const;
      return showPage(reply, 403, ownerSignInPage(refused, publicUrl));
    }
    if (end.status === 'asked_again') {
      await reply.redirect(end.location, 303);
      return;
    }
    if (end.sessionSecret !== null) this.personCookie.write(reply, end.sessionSecret);
    await reply.redirect(publicUrl + end.path, 303);
  }
}
