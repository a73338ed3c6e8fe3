import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Lane } from '../resilience/index.js';
import type { AccessTokenSource } from './access-token-source.js';
import { GmailHttp } from './client/gmail-http.js';
import { Mailbox } from './client/mailbox.js';
import { MailboxRequests } from './client/mailbox-requests.js';
import type { MailboxTerms } from './mailbox-terms.js';
import { Outbox } from './outbox/outbox.js';
import { MessageReader } from './reading/message-reader.js';
import { ReadingMetrics } from './reading/reading-metrics.js';
import type { SendPermits } from './send-permits.js';
import { WorkerThreads } from './threads/worker-threads.js';

/** One mailbox for one call: what is asked of it, what is written from it, and how its messages are read. */
export interface OpenMailbox {
  readonly mailbox: Mailbox;
  readonly outbox: Outbox;
  readonly reader: MessageReader;
}

const noPermits: SendPermits = {
  reserve: async () => {
    throw new Error('A mailbox that is opened without permits sends no mail');
  },
};
const unnamed: Lane = { owner: '', lane: '' };

/** Opens mailboxes, all over the same connections. */
@Injectable()
export class GmailClient {
  constructor(
    private readonly http: GmailHttp,
    private readonly threads: WorkerThreads,
    private readonly metrics: ReadingMetrics,
  ) {}

  /**
   * The mailbox that the tokens of `source` are for, until `signal` aborts. Mail leaves it as the permits allow, and
   * none without them. Mailboxes, and tenants, take turns at Gmail; what is opened without a lane shares one. Nothing is
   * asked of any of these before the first request.
   */
  open(
    source: AccessTokenSource,
    signal?: AbortSignal,
    { permits = noPermits, lane = unnamed }: Partial<MailboxTerms> = {},
  ): OpenMailbox {
    // A search makes many requests at once, and each of them listens; none stays when it is done.
    if (signal !== undefined) setMaxListeners(0, signal);
    const requests = new MailboxRequests(this.http, source, { permits, lane }, signal);
    return {
      mailbox: new Mailbox(requests),
      outbox: new Outbox(requests),
      reader: new MessageReader(this.threads, this.metrics, signal),
    };
  }
}
