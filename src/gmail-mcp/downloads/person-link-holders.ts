import { Injectable } from '@nestjs/common';
import {
  CallerRateLimit,
  People,
  PersonAuthorizations,
  PersonMailboxes,
  type Authorization,
} from '../../identity/index.js';
import { googleScopesOf, knownPersonScopes } from '../../instances/index.js';
import { linkGone } from '../links/attachment-links.js';
import type { TokenHolder } from '../token-holder.js';

type LinkedPerson = Extract<TokenHolder, { kind: 'person' }>;

/** People whose clients were given links: the link is good as long as what they allowed the client is. */
@Injectable()
export class PersonLinkHolders {
  constructor(
    private readonly people: People,
    private readonly authorizations: PersonAuthorizations,
    private readonly mailboxes: PersonMailboxes,
    private readonly rateLimit: CallerRateLimit,
  ) {}

  /**
   * The Google scopes that the person has left to the client. Counts as a request of the client.
   * @throws EvergrantError `NOT_FOUND` where they may not have the instance any more, `RATE_LIMITED`
   */
  async scopes(
    { tenantId, instanceId }: { tenantId: string; instanceId: string },
    { personId, authorizationId }: LinkedPerson,
  ): Promise<string[]> {
    const [person, authorization, opened] = await Promise.all([
      this.people.findActive(tenantId, personId),
      this.authorizations.find(authorizationId),
      this.mailboxes.list({ tenantId, personId }),
    ]);
    const isOpen = person !== null && opened.includes(instanceId) && isOf(authorization, person, instanceId);
    if (!isOpen) throw linkGone('link_withdrawn');
    await this.rateLimit.admitAuthorization(authorizationId);
    return googleScopesOf(knownPersonScopes(authorization?.scopes ?? []));
  }
}

function isOf(
  authorization: Authorization | null,
  { id, tenantId }: { id: string; tenantId: string },
  instanceId: string,
): boolean {
  return (
    authorization?.tenantId === tenantId &&
    authorization.personId === id &&
    authorization.instanceIds?.includes(instanceId) !== false
  );
}
