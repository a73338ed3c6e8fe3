import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  createMcpHandler,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
  type McpServer,
  type ServerEvent,
} from '@modelcontextprotocol/server';
import {
  concat,
  concatMap,
  filter,
  merge,
  of,
  scan,
  share,
  type Subscription,
  take,
  takeUntil,
  timer,
  type Observable,
} from 'rxjs';
import { ChangeFeed } from '../../database/index.js';
import { MailboxChanges } from '../../instances/index.js';
import type { EndpointCaller } from '../guards/mcp-request.js';
import { holderKey } from '../token-holder.js';
import { WatchMetrics } from '../watches/watch-metrics.js';
import { type ListenedMailbox, listenedMailboxes, updatedIn } from './listened-mailboxes.js';
import { callerIdsOf, lifeMs, type Listener, listenerOf } from './listener.js';
import { ListenerAdmission } from './listener-admission.js';
import { isOfAdmission, listeningTo, listensToResources } from './listen-request.js';

const streamsOfHolder = 10;
const streamsOfProcess = 5_000;

/** What a request to listen comes with. */
interface ListenCall {
  request: Request;
  options: McpHandlerRequestOptions;
  caller: EndpointCaller;
  newServer: () => McpServer;
  keepAliveMs: number;
}

/** What is told on one stream: the URIs of what has changed, mailbox by mailbox. */
interface ToldMailbox {
  mailbox: ListenedMailbox;
  updates: Observable<string>;
}

/**
 * Streams of resource updates (`subscriptions/listen`, revision 2026-07-28): of one mailbox, or of several of a person. The
 * SDK writes them; each has a handler of its own, since a handler's streams share what they are told of. A mailbox is told
 * of no longer once its client may not listen to it, and without one the stream ends, to be asked for anew.
 */
@Injectable()
export class MailboxListening implements OnModuleDestroy {
  private readonly streams = new Map<McpHttpHandler, string>();

  constructor(
    private readonly changes: MailboxChanges,
    private readonly feed: ChangeFeed,
    private readonly admission: ListenerAdmission,
    private readonly metrics: WatchMetrics,
  ) {}

  /** Null for a request that is none for updates of resources. */
  async answer(call: ListenCall): Promise<Response | null> {
    const { request, options, caller, newServer, keepAliveMs } = call;
    const { parsedBody } = options;
    if (!listensToResources(parsedBody)) return null;
    const mailboxes = listenedMailboxes(parsedBody.params.notifications.resourceSubscriptions, caller);
    const uris = mailboxes.flatMap((mailbox) => [...mailbox.uris.keys()]);
    const narrowed = { ...options, parsedBody: listeningTo(parsedBody, uris) };
    const told = await this.toldOf(caller, mailboxes);
    const handler: McpHttpHandler = createMcpHandler(newServer, {
      keepAliveMs,
      maxSubscriptions: this.hasRoom(holderKey(caller.holder)) ? 1 : 0,
      bus: {
        publish: () => undefined,
        subscribe: (listener) => this.follow(handler, caller, told, listener),
      },
    });
    return handler.fetch(request, narrowed);
  }

  /** Streams end, so that the server can be closed. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.streams.keys()].map((handler) => handler.close()));
  }

  private toldOf(caller: EndpointCaller, mailboxes: readonly ListenedMailbox[]): Promise<ToldMailbox[]> {
    const { tenantId } = listenerOf(caller);
    return Promise.all(
      mailboxes.map(async (mailbox) => {
        const changes = await this.changes.of(tenantId, mailbox.instanceId);
        return { mailbox, updates: changes.pipe(concatMap((change) => updatedIn(mailbox, change))) };
      }),
    );
  }

  /** @returns what the SDK calls at the end of the stream, however it comes */
  private follow(
    handler: McpHttpHandler,
    caller: EndpointCaller,
    told: readonly ToldMailbox[],
    listener: (event: ServerEvent) => void,
  ): () => void {
    this.note(handler, holderKey(caller.holder));
    const admitted = this.admitted(
      listenerOf(caller),
      told.map(({ mailbox }) => mailbox),
    ).pipe(share());
    const updates = told.map(({ mailbox, updates: its }) =>
      its.pipe(takeUntil(admitted.pipe(filter((left) => !left.includes(mailbox))))),
    );
    const noneLeft = admitted.pipe(filter((left) => left.length === 0));
    return this.forgetting(handler, [
      merge(...updates).subscribe((uri) => listener({ kind: 'resource_updated', uri })),
      merge(noneLeft, timer(lifeMs(caller)))
        .pipe(take(1))
        .subscribe(() => void handler.close()),
    ]);
  }

  /**
   * The mailboxes that the client may go on listening to, each time that is looked at again; what it has lost does not come
   * back. First at once: something may have changed since the request was let in.
   */
  private admitted(
    listener: Listener,
    mailboxes: readonly ListenedMailbox[],
  ): Observable<readonly ListenedMailbox[]> {
    const concerned = {
      tenantId: listener.tenantId,
      instanceIds: mailboxes.map(({ instanceId }) => instanceId),
      callerIds: callerIdsOf(listener),
    };
    const changes = this.feed.committed.pipe(
      filter((batch) => batch.some((change) => isOfAdmission(change, concerned))),
    );
    return concat(of(null), changes).pipe(
      concatMap(() => this.admission.admitted(listener, mailboxes)),
      scan((left, now) => left.filter((mailbox) => now.includes(mailbox)), mailboxes),
    );
  }

  private hasRoom(key: string): boolean {
    const ofHolder = [...this.streams.values()].filter((id) => id === key).length;
    return ofHolder < streamsOfHolder && this.streams.size < streamsOfProcess;
  }

  private note(handler: McpHttpHandler, key: string): void {
    this.streams.set(handler, key);
    this.metrics.listening(this.streams.size);
  }

  private forgetting(handler: McpHttpHandler, subscriptions: readonly Subscription[]): () => void {
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      this.streams.delete(handler);
      this.metrics.listening(this.streams.size);
    };
  }
}
