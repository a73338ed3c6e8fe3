import { Injectable } from '@nestjs/common';
import { GmailClient, type AccessTokenSource, type OpenMailbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import type { ActGate } from '../acts/gate-answer.js';
import { OutboundGate } from '../acts/outbound-gate.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { ListServers } from '../sending/list-servers.js';
import { mailboxPlace } from '../sending/mailbox-place.js';
import { CallerUploads } from './caller-uploads.js';
import type { InstanceUploads } from '../uploads/instance-uploads.js';
import type { MailBytes } from '../uploads/mail-bytes.js';
import type { InstanceWatches } from '../watches/instance-watches.js';
import { MailboxWatches } from '../watches/mailbox-watches.js';
import { MailboxPerformer } from '../sending/mailbox-performer.js';

/** A mailbox, the way out of it, what goes into mail that is written, and the watching of it. */
export interface CallerMailbox extends OpenMailbox {
  acts: ActGate;
  listServers: ListServers;
  uploads: InstanceUploads;
  mailBytes: MailBytes;
  watches: InstanceWatches;
}

/** Opens the mailbox of a caller's instance: its requests take their turn among the tenant's, and mail leaves by the gate only. */
@Injectable()
export class CallerMailboxes {
  constructor(
    private readonly gmail: GmailClient,
    private readonly gate: OutboundGate,
    private readonly uploads: CallerUploads,
    private readonly listServers: ListServers,
    private readonly watches: MailboxWatches,
  ) {}

  /** To read from it only. */
  openToRead(tokens: AccessTokenSource, instance: Instance, signal: AbortSignal): OpenMailbox {
    return this.gmail.open(tokens, signal, mailboxPlace(instance));
  }

  open(
    tokens: AccessTokenSource,
    caller: Pick<McpCaller, 'instance' | 'holder' | 'client' | 'tokenExpiresAt' | 'source'>,
    signal: AbortSignal,
  ): CallerMailbox {
    const { instance, holder, client, source } = caller;
    const open = this.openToRead(tokens, instance, signal);
    const performer = new MailboxPerformer(this.gmail, tokens, instance, this.listServers, signal);
    return {
      ...open,
      listServers: this.listServers,
      acts: this.gate.of({ instance, holder, client, source, signal, performer, mailbox: open.mailbox }),
      uploads: this.uploads.of(caller),
      mailBytes: this.uploads.mailBytes,
      watches: this.watches.of(instance, open),
      quotaLeft: () => performer.quotaLeft() ?? open.quotaLeft(),
    };
  }
}
