import { Injectable } from '@nestjs/common';
import { GmailClient, type AccessTokenSource, type OpenMailbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import { SendQuota } from '../../policy/index.js';

/** Opens the mailbox of an instance: its requests take their turn among the tenant's, and its mail is counted. */
@Injectable()
export class CallerMailboxes {
  constructor(
    private readonly gmail: GmailClient,
    private readonly sendQuota: SendQuota,
  ) {}

  open(tokens: AccessTokenSource, instance: Instance, signal: AbortSignal): OpenMailbox {
    return this.gmail.open(tokens, signal, {
      permits: this.sendQuota.of(instance),
      lane: { owner: instance.tenantId, lane: instance.credentialId ?? instance.id },
    });
  }
}
