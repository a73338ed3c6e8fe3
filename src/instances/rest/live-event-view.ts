import { z } from 'zod';
import { instanceView } from './instance-view.js';

const id = z.string().describe('Its place in the stream, for `Last-Event-ID`');

/** The events of `GET /api/events`; `data` travels as JSON. */
export const liveEventView = z
  .discriminatedUnion('event', [
    z
      .object({ event: z.literal('instance'), id, data: instanceView })
      .meta({ id: 'InstanceEvent', description: 'An instance as it is now: new, or changed' }),
    z
      .object({ event: z.literal('instance-deleted'), id, data: z.object({ id: z.guid() }) })
      .meta({ id: 'InstanceDeletedEvent', description: 'There is no such instance any more' }),
    z.object({ event: z.literal('reset'), id, data: z.object({}) }).meta({
      id: 'ResetEvent',
      description: 'Read everything anew: `Last-Event-ID` is longer ago than changes are remembered',
    }),
  ])
  .meta({ id: 'LiveEvent', description: 'One server-sent event' });
export type LiveEventView = z.output<typeof liveEventView>;
