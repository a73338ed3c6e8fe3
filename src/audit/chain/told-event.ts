import type { ChainedEvent } from '../audit-event.js';
import { eventLine } from '../event-line.js';
import { storableJson, type Json, type JsonObject } from './canonical-json.js';
import type { ChainedRecord } from './chain-link.js';

/** What a record tells of an event, without its place in the chain. */
export type ToldEvent = Pick<ChainedRecord, 'event' | 'actor' | 'subject' | 'instanceId' | 'details'>;

/** What the log's line shows of it, and to whom it went. @param shownRecipient an address as the chain holds it */
export function toldEvent(event: ChainedEvent, shownRecipient: (address: string) => string): ToldEvent {
  const shown = new Set(['msg', 'event', 'actor', 'subject']);
  const details = Object.entries(eventLine(event)).filter(([field]) => !shown.has(field));
  const recipients =
    'recipients' in event && typeof event.recipients === 'object'
      ? { recipients: event.recipients.map(shownRecipient) }
      : {};
  const subject = 'subject' in event ? { kind: event.subject.kind, id: event.subject.id } : null;
  return {
    event: event.event,
    actor: { kind: event.actor.kind, id: event.actor.id },
    subject,
    instanceId: subject?.kind === 'instance' ? subject.id : null,
    details: storableJson({
      ...(Object.fromEntries(details) as Record<string, Json>),
      ...recipients,
    }) as JsonObject,
  };
}
