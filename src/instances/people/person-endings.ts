import { Injectable } from '@nestjs/common';
import { RequestedChanges, type RequestSource } from '../../audit/index.js';
import { toEvergrantError } from '../../errors/index.js';
import { PersonAuthorizations, type Person } from '../../identity/index.js';
import { ConnectedMailboxes } from './connected-mailboxes.js';
import { personActor } from './person-instances.js';
import { RecordedDisconnection } from './recorded-disconnection.js';

/** What people end themselves. What is not theirs, or not there, is left as it is, and told from neither. */
@Injectable()
export class PersonEndings {
  constructor(
    private readonly mailboxes: ConnectedMailboxes,
    private readonly disconnection: RecordedDisconnection,
    private readonly authorizations: PersonAuthorizations,
    private readonly changes: RequestedChanges,
  ) {}

  async removeMailbox(person: Person, instanceId: string, source: RequestSource): Promise<void> {
    if ((await this.mailboxes.find(person, instanceId)) === null) return;
    await this.disconnection.disconnect(person.tenantId, instanceId, { actor: personActor(person), source });
  }

  async endClient(person: Person, authorizationId: string, source: RequestSource): Promise<void> {
    const { id: personId, tenantId } = person;
    const change = { event: 'authorization.ended', actor: personActor(person), source } as const;
    const { result, conclude } = this.changes.during(change, () =>
      this.authorizations.end({ tenantId, personId }, authorizationId),
    );
    try {
      await result;
    } catch (thrown) {
      if (toEvergrantError(thrown).code !== 'NOT_FOUND') throw thrown;
      return;
    }
    await conclude(authorizationId);
  }
}
