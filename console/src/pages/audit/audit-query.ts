import type { Schemas } from '../../api/client.js';

export type AuditEvent = Schemas['AuditEvent'];

/** As they stand in their fields; times in the time of who reads. */
export interface Filters {
  event?: string;
  actor?: string;
  instanceId?: string;
  from?: string;
  to?: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a list can be asked for with it. */
export function isInstanceId(text: string | undefined): boolean {
  return text === undefined || text.trim() === '' || uuid.test(text.trim());
}

/** What the API is asked; empty fields are none. */
export function queryOf({ event, actor, instanceId, from, to }: Filters): Filters {
  const given = {
    event: event?.trim(),
    actor: actor?.trim(),
    instanceId: instanceId?.trim(),
    from: instantOf(from),
    to: instantOf(to),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
}

/** @param local as `<input type="datetime-local">` has it */
function instantOf(local: string | undefined): string | undefined {
  if (local === undefined || local === '') return undefined;
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
