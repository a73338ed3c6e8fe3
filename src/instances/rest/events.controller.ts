import { Controller, Headers, Inject, Req, Sse, UseGuards } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import {
  concatMap,
  connect,
  endWith,
  ignoreElements,
  interval,
  map,
  merge,
  of,
  takeUntil,
  type Observable,
} from 'rxjs';
import type { FastifyRequest } from 'fastify';
import { formatPosition, parsePosition } from '../../database/index.js';
import { EvergrantError, toEvergrantError, type ErrorCode } from '../../errors/index.js';
import { ApiCallers, ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { InstancesOptions } from '../instances-options.js';
import { liveEventView, viewInstance, type LiveEventView } from './instance-view.js';
import { LiveChanges, type LiveChange } from '../events/live-changes.js';

/** How often a stream shows that it lives, and its caller is asked for again: a key may expire, a session be closed. */
const heartbeatMs = 5_000;

const endsStream: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/** Live changes for frontends, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
@Controller('api/events')
@UseGuards(ApiKeyGuard)
export class EventsController {
  constructor(
    private readonly changes: LiveChanges,
    private readonly callers: ApiCallers,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * Events `instance` (the instance as it is now), `instance-deleted` (`{id}`) and `reset` (read everything anew: what
   * `Last-Event-ID` names is longer ago than changes are remembered).
   */
  @Sse()
  @RequireRight('instances:read')
  @Summary(
    'Follow what changes',
    'Server-sent events, each typed by its `event` (schemas `InstanceEvent`, `InstanceDeletedEvent`, `ResetEvent`; `data` is JSON). `Last-Event-ID` goes on where a stream ended. A comment comes every five seconds; the stream ends when the key or session does.',
  )
  @Answers({
    200: {
      mediaType: 'text/event-stream',
      description: 'Events `instance`, `instance-deleted`, `reset`; the schema is that of one of them',
      schema: liveEventView,
    },
  })
  @Fails('VALIDATION_FAILED')
  async stream(
    @Principal() { tenantId }: ApiPrincipal,
    @Req() request: FastifyRequest,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<Observable<MessageEvent>> {
    const after = lastEventId === undefined || lastEventId === '' ? null : parsePosition(lastEventId);
    if (after === null && lastEventId) {
      throw new EvergrantError('VALIDATION_FAILED', {
        field: 'Last-Event-ID',
        message: 'Last-Event-ID is not one of ours',
      });
    }
    const changes = await this.changes.of(tenantId, after);
    const messages = changes.pipe(map((change) => toMessage(this.view(change))));
    return messages.pipe(connect((shared) => merge(shared, this.heartbeats(request, tenantId, shared))));
  }

  private view(change: LiveChange): LiveEventView {
    const id = formatPosition(change.position);
    switch (change.type) {
      case 'instance':
        return { event: change.type, id, data: viewInstance(change.instance, this.options) };
      case 'instance-deleted':
        return { event: change.type, id, data: { id: change.instanceId } };
      case 'reset':
        return { event: change.type, id, data: {} };
    }
  }

  /** Comments while the stream goes on; an error ends it once its caller is not to be served any more. */
  private heartbeats(
    request: FastifyRequest,
    tenantId: string,
    stream: Observable<unknown>,
  ): Observable<MessageEvent> {
    // At once as well: the caller may have been stopped between the guard and this.
    return merge(this.changes.ofCallers(tenantId), of(null), interval(heartbeatMs)).pipe(
      takeUntil(stream.pipe(ignoreElements(), endWith(null))),
      concatMap(() => this.checkAdmission(request)),
      map(() => ({ comment: 'still here' })),
    );
  }

  /**
   * Asks whether the key or session is good for this stream as before; an outage ends no stream.
   * @throws EvergrantError `UNAUTHENTICATED`, or `FORBIDDEN` when its tenant is suspended
   */
  private async checkAdmission(request: FastifyRequest): Promise<void> {
    try {
      await this.callers.of(request);
    } catch (thrown) {
      const error = toEvergrantError(thrown);
      if (endsStream.has(error.code)) throw error;
    }
  }
}

function toMessage({ event, id, data }: LiveEventView): MessageEvent {
  return { type: event, id, data };
}
