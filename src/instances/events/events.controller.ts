import { Controller, Headers, Sse, UseGuards } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import {
  endWith,
  ignoreElements,
  interval,
  map,
  merge,
  share,
  takeUntil,
  timer,
  type Observable,
} from 'rxjs';
import { formatPosition, parsePosition } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { LiveChanges } from './live-changes.js';

const heartbeatMs = 15_000;
/** Then the client connects anew, and shows again who it is. */
const longestStreamMs = 300_000;

/** Live changes for frontends, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
@Controller('api/events')
@UseGuards(ApiKeyGuard)
export class EventsController {
  constructor(private readonly changes: LiveChanges) {}

  /**
   * Events `instance` (the instance as it is now), `instance-deleted` (`{id}`) and `reset` (read everything anew: what
   * `Last-Event-ID` names is longer ago than changes are remembered).
   */
  @Sse()
  @RequireRight('instances:read')
  @Summary('Follow what changes')
  @Answers({
    200: { mediaType: 'text/event-stream', description: 'Events `instance`, `instance-deleted`, `reset`' },
  })
  @Fails('VALIDATION_FAILED')
  async stream(
    @Principal() { tenantId }: ApiPrincipal,
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
    const messages = changes.pipe(
      map(({ type, data, position }) => ({ type, data, id: formatPosition(position) })),
      share(),
    );
    const ended = messages.pipe(ignoreElements(), endWith(null));
    const heartbeats = interval(heartbeatMs).pipe(
      map(() => ({ comment: 'still here' })),
      takeUntil(ended),
    );
    return merge(messages, heartbeats).pipe(takeUntil(timer(longestStreamMs)));
  }
}
