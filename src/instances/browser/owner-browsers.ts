import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sourceOf } from '../../audit/index.js';
import { OwnerCookie, OwnerSignIn, type OwnedMailbox } from '../../identity/index.js';
import { showPage } from '../../pages/index.js';
import type { AuthorizationResponse } from '../consent/authorization-response.js';
import { InstancesOptions } from '../instances-options.js';
import { OwnerAuthorization } from '../owners/owner-authorization.js';
import { OwnerReturn, type ReturnedOwner } from '../owners/owner-return.js';
import { handleOfOwnerState } from '../owners/owner-sign-in-states.js';
import { ownerSignInPage } from '../pages/owner-sign-in-page.js';
import { FlowCookies } from './flow-cookies.js';

/** Takes the browsers of mailboxes' owners to the provider and back. */
@Injectable()
export class OwnerBrowsers extends OwnerSignIn {
  constructor(
    private readonly authorization: OwnerAuthorization,
    private readonly returned: OwnerReturn,
    private readonly flowCookies: FlowCookies,
    private readonly ownerCookie: OwnerCookie,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {
    super();
  }

  async begin(reply: FastifyReply, mailbox: OwnedMailbox | null, returnPath: string): Promise<string> {
    const { location, handle, browserSecret } = await this.authorization.begin(mailbox, returnPath);
    this.flowCookies.write(reply, handle, browserSecret);
    return location;
  }

  /** Answers what came back with a sign-in's state. @returns false, having done nothing, for any other state */
  async answer(
    response: AuthorizationResponse,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const { state = '' } = response;
    const handle = handleOfOwnerState(state);
    if (handle === null) return false;
    const browserSecret = this.flowCookies.read(request, handle);
    const end: ReturnedOwner =
      browserSecret === undefined
        ? { status: 'refused', error: 'state_expired', returnPath: null }
        : await this.returned.complete(response, { state, browserSecret }, sourceOf(request));
    await this.end(reply, end);
    return true;
  }

  private async end(reply: FastifyReply, end: ReturnedOwner): Promise<void> {
    if (end.status === 'refused') return showPage(reply, 403, ownerSignInPage(end, this.options.publicUrl));
    if (end.status === 'signed_in') this.ownerCookie.write(reply, end.sessionSecret);
    await reply.redirect(this.options.publicUrl + end.returnPath, 303);
  }
}
