import { words } from '../../words.js';
import type { AuditEvent } from './audit-query.js';

const { audit: said } = words;

/** In words, or as the server names it. */
export function eventName({ event }: Pick<AuditEvent, 'event'>): string {
  return said.events[event] ?? event;
}

export function actorName({ actor }: Pick<AuditEvent, 'actor'>): string {
  const kind = textOf(actor.kind);
  return said.actors[kind] ?? kind;
}

/** `kind` and `id` of who or what an event names. */
export function reference(named: AuditEvent['subject']): string {
  if (named === null) return '';
  return [textOf(named.kind), textOf(named.id)].filter((part) => part !== '').join(' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
