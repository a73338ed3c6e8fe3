import { Injectable } from '@nestjs/common';
import type { AccessTokenSource } from './access-token-source.js';
import { GmailHttp } from './client/gmail-http.js';
import { Mailbox } from './client/mailbox.js';
import { MailboxRequests } from './client/mailbox-requests.js';
import { Outbox } from './outbox/outbox.js';

/** One mailbox for one call: what is read and changed in it, and what is written from it. */
export interface OpenMailbox {
  readonly mailbox: Mailbox;
  readonly outbox: Outbox;
}

/** Opens mailboxes, all over the same connections. */
@Injectable()
export class GmailClient {
  constructor(private readonly http: GmailHttp) {}

  /**
   * The mailbox that the tokens of `source` are for, until `signal` aborts. Nothing is asked of either before the
   * first request.
   */
  open(source: AccessTokenSource, signal?: AbortSignal): OpenMailbox {
    const requests = new MailboxRequests(this.http, source, signal);
    return { mailbox: new Mailbox(requests), outbox: new Outbox(requests) };
  }
}
