import { Injectable } from '@nestjs/common';
import { RequestedChanges, type Actor, type RequestSource } from '../../audit/index.js';
import { toEvergrantError } from '../../errors/index.js';
import { MailboxDisconnection } from '../../identity/index.js';
import { Disconnection } from '../connection/disconnection.js';

/** Deletes the instances of people, and records who did. */
@Injectable()
export class RecordedDisconnection extends MailboxDisconnection {
  constructor(
    private readonly disconnection: Disconnection,
    private readonly changes: RequestedChanges,
  ) {
    super();
  }

  async disconnect(
    tenantId: string,
    instanceId: string,
    by: { actor: Actor; source: RequestSource },
  ): Promise<void> {
    const { result, conclude } = this.changes.during({ event: 'instance.deleted', ...by }, () =>
      this.disconnection.disconnect(tenantId, instanceId, { revoke: 'unless-adopted' }),
    );
    try {
      await result;
    } catch (thrown) {
      if (toEvergrantError(thrown).code !== 'NOT_FOUND') throw thrown;
      return;
    }
    await conclude(instanceId);
  }
}
