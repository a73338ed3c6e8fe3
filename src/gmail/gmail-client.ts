import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Lane } from '../resilience/index.js';
import type { AccessTokenSource } from './access-token-source.js';
import { OriginalQuotes } from './answering/original-quotes.js';
import { GmailHttp } from './client/gmail-http.js';
import { KnownThreads } from './batches/known-threads.js';
import { Mailbox } from './client/mailbox.js';
import { MailboxRequests } from './client/mailbox-requests.js';
import { Filing } from './filing/filing.js';
import { Filters } from './filing/filters.js';
import { Labels } from './filing/labels.js';
import type { MailboxTerms } from './mailbox-terms.js';
import { Drafts } from './outbox/drafts.js';
import { Outbox } from './outbox/outbox.js';
import { SentMail } from './outbox/sent-mail.js';
import type { QuotaLeft } from './quota/gmail-quota.js';
import { DocumentReader } from './files/document-reader.js';
import { FileMetrics } from './files/file-metrics.js';
import { FileTexts } from './files/file-texts.js';
import { MessageReader } from './reading/message-reader.js';
import { ReadingMetrics } from './reading/reading-metrics.js';
import { Settings } from './settings/settings.js';
import type { SendPermits } from './send-permits.js';
import { PushWatch } from './watching/push-watch.js';
import { WorkerThreads } from './threads/worker-threads.js';

/** One mailbox for one call: what is asked of it, what is written from it, and how its messages and files are read. */
export interface OpenMailbox {
  readonly mailbox: Mailbox;
  readonly outbox: Outbox;
  readonly sentMail: SentMail;
  readonly drafts: Drafts;
  readonly filing: Filing;
  readonly labels: Labels;
  readonly filters: Filters;
  readonly settings: Settings;
  readonly pushWatch: PushWatch;
  readonly reader: MessageReader;
  readonly quotes: OriginalQuotes;
  /** What the call leaves of the mailbox's quota; null where it spent nothing, or nothing is counted. */
  readonly quotaLeft: () => QuotaLeft | null;
  readonly files: FileTexts;
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
  private readonly knownThreads = new KnownThreads();

  constructor(
    private readonly http: GmailHttp,
    private readonly threads: WorkerThreads,
    private readonly metrics: ReadingMetrics,
    private readonly documents: DocumentReader,
    private readonly fileMetrics: FileMetrics,
  ) {}

  /**
   * The mailbox that the tokens of `source` are for, until `signal` aborts. Mail leaves it as the permits allow, and
   * none without them. Mailboxes, and tenants, take turns at Gmail; what is opened without a lane shares one, and what is
   * opened without an account spends no quota. Nothing is asked of any of these before the first request.
   */
  open(
    source: AccessTokenSource,
    signal?: AbortSignal,
    { permits = noPermits, lane = unnamed, account = null }: Partial<MailboxTerms> = {},
  ): OpenMailbox {
    // A search makes many requests at once, and each of them listens; none stays when it is done.
    if (signal !== undefined) setMaxListeners(0, signal);
    const requests = new MailboxRequests(this.http, source, { permits, lane, account }, signal);
    const mailbox = new Mailbox(requests, this.knownThreads.ofMailbox(lane.lane));
    const reader = new MessageReader(this.threads, this.metrics, signal);
    const sentMail = new SentMail(requests);
    const { documents, fileMetrics } = this;
    return {
      ...{ mailbox, reader },
      quotes: new OriginalQuotes(reader, this.threads, signal),
      outbox: new Outbox(requests, sentMail),
      sentMail,
      drafts: new Drafts(requests),
      filing: new Filing(requests),
      labels: new Labels(requests),
      filters: new Filters(requests),
      settings: new Settings(requests),
      pushWatch: new PushWatch(requests),
      files: new FileTexts(mailbox, reader, documents, fileMetrics, { lane, signal }),
      quotaLeft: () => requests.quotaLeft(),
    };
  }
}
