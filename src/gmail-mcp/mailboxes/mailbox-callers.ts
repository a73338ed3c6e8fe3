import { Injectable } from '@nestjs/common';
import { CredentialOutcomes } from '../guards/credential-outcomes.js';
import type { McpCaller, PersonCaller } from '../guards/mcp-request.js';
import type { OpenedInstance } from '../tool-permission.js';
import type { GmailTool } from '../tools/index.js';

/** Makes of a person's caller one of a single mailbox, for one call. */
@Injectable()
export class MailboxCallers {
  constructor(private readonly outcomes: CredentialOutcomes) {}

  /** Asks the broker, if the tool needs Google; what it says is waited for by what runs the tool. */
  of(
    { instances, tenantId: _its, ...calling }: PersonCaller,
    instance: OpenedInstance,
    tool: GmailTool,
  ): McpCaller {
    const siblings = instances.filter(({ id }) => id !== instance.id);
    const caller = { ...calling, instance, siblings };
    const isAsked = calling.overLimit === null && this.outcomes.isNeeded(tool, instance);
    return isAsked ? { ...caller, credential: this.outcomes.of(instance) } : caller;
  }
}
