import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  createMcpHandler,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
  type McpServer,
  type ServerEvent,
} from '@modelcontextprotocol/server';
import { concatMap, EMPTY, filter, merge, take, timer, type Observable, type Subscription } from 'rxjs';
import { ChangeFeed } from '../../database/index.js';
import { type MailboxChange, MailboxChanges } from '../../instances/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { holderKey } from '../token-holder.js';
import { WatchMetrics } from '../watches/watch-metrics.js';
import { ListenerAdmission } from './listener-admission.js';
import { listenedUris, updatedUris } from './listened-uris.js';
import { isOfAdmission, listeningTo, listensToResources } from './listen-request.js';

const streamsOfToken = 10;
const streamsOfProcess = 5_000;
/** Beyond what a timer can wait; whoever listens asks again. */
const longestStreamMs = 24 * 3_600_000;

/** What a request to listen comes with. */
interface ListenCall {
  request: Request;
  options: McpHandlerRequestOptions;
  caller: McpCaller;
  newServer: () => McpServer;
  keepAliveMs: number;
}

/**
 * Streams of resource updates (`subscriptions/listen`, revision 2026-07-28), of one mailbox each. The SDK writes them;
 * each has a handler of its own, since a handler's streams share what they are told of. One ends when its client may no
 * longer be let in, to be asked for anew.
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

  /** Null for a request that is none for updates of resources that the caller may read. */
  async answer(call: ListenCall): Promise<Response | null> {
    const { request, options, caller, newServer, keepAliveMs } = call;
    const { parsedBody } = options;
    if (!listensToResources(parsedBody)) return null;
    const { instance, holder } = caller;
    // Who holds a person's token is looked at again in other places than an MCP token's.
    if (holder.kind !== 'mcp-token') return null;
    const uris = listenedUris(parsedBody.params.notifications.resourceSubscriptions, instance);
    const narrowed = { ...options, parsedBody: listeningTo(parsedBody, uris) };
    const changes = uris.length === 0 ? EMPTY : await this.changes.of(instance.tenantId, instance.id);
    const handler: McpHttpHandler = createMcpHandler(newServer, {
      keepAliveMs,
      maxSubscriptions: this.hasRoom(holder.tokenId) ? 1 : 0,
      bus: {
        publish: () => undefined,
        subscribe: (listener) => this.follow(handler, caller, { changes, uris, listener }),
      },
    });
    return handler.fetch(request, narrowed);
  }

  /** Streams end, so that the server can be closed. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.streams.keys()].map((handler) => handler.close()));
  }

  /** @returns what the SDK calls at the end of the stream, however it comes */
  private follow(
    handler: McpHttpHandler,
    caller: McpCaller,
    told: {
      changes: Observable<MailboxChange>;
      uris: readonly string[];
      listener: (event: ServerEvent) => void;
    },
  ): () => void {
    this.note(handler, holderKey(caller.holder));
    const updates = told.changes.subscribe((change) => {
      for (const uri of updatedUris(told.uris, change)) told.listener({ kind: 'resource_updated', uri });
    });
    const end = this.endOf(caller, told.uris).subscribe(() => void handler.close());
    return () => this.forget(handler, updates, end);
  }

  /** Told once its client may no longer listen. */
  private endOf(
    { instance, holder, tokenExpiresAt }: McpCaller,
    uris: readonly string[],
  ): Observable<unknown> {
    const listener = { tenantId: instance.tenantId, instanceId: instance.id, tokenId: holderKey(holder) };
    const lifeMs = tokenExpiresAt === null ? longestStreamMs : tokenExpiresAt.getTime() - Date.now();
    const refused = this.feed.committed.pipe(
      filter((batch) => batch.some((change) => isOfAdmission(change, listener))),
      concatMap(() => this.admission.admits(listener, uris)),
      filter((isAdmitted) => !isAdmitted),
    );
    return merge(refused, timer(Math.min(Math.max(lifeMs, 0), longestStreamMs))).pipe(take(1));
  }

  private hasRoom(tokenId: string): boolean {
    const ofToken = [...this.streams.values()].filter((id) => id === tokenId).length;
    return ofToken < streamsOfToken && this.streams.size < streamsOfProcess;
  }

  private note(handler: McpHttpHandler, tokenId: string): void {
    this.streams.set(handler, tokenId);
    this.metrics.listening(this.streams.size);
  }

  private forget(handler: McpHttpHandler, ...subscriptions: Subscription[]): void {
    for (const subscription of subscriptions) subscription.unsubscribe();
    this.streams.delete(handler);
    this.metrics.listening(this.streams.size);
  }
}
