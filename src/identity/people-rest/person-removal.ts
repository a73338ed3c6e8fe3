import { Injectable } from '@nestjs/common';
import type { Actor, RequestSource } from '../../audit/index.js';
import { PersonSessions } from '../person-access/person-sessions.js';
import { MailboxDisconnection } from '../people/mailbox-disconnection.js';
import { PersonAuthorizations } from '../people/person-authorizations.js';
import { PersonMailboxes } from '../people/person-mailboxes.js';
import { People } from '../people/people.js';

/** Ends all that a person has here. */
@Injectable()
export class PersonRemoval {
  constructor(
    private readonly people: People,
    private readonly sessions: PersonSessions,
    private readonly authorizations: PersonAuthorizations,
    private readonly mailboxes: PersonMailboxes,
    private readonly disconnection: MailboxDisconnection,
  ) {}

  /**
   * Access ends first, the person last: what is broken off half-way can be asked for again.
   * @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign people
   */
  async remove(
    tenantId: string,
    personId: string,
    mailboxes: 'keep' | 'disconnect',
    by: { actor: Actor; source: RequestSource },
  ): Promise<void> {
    const person = await this.people.get(tenantId, personId);
    const key = { tenantId, personId: person.id };
    await this.authorizations.endAll(key);
    await this.sessions.closeAll(key);
    if (mailboxes === 'disconnect')
      for (const instanceId of await this.mailboxes.list(key))
        await this.disconnection.disconnect(tenantId, instanceId, by);
    await this.people.delete(tenantId, person.id);
  }
}
