import ICAL from 'ical.js';
import { oneLine } from './one-line.js';

/** Longer ones are no dates of people, and take long to add. */
const longestDurationSeconds = 400 * 86_400;
const dayMs = 86_400_000;

/** A clock's time as an event gives it; what its zone makes of it is not computed. */
interface ClockTime {
  /** As if the clock stood in UTC. */
  ms: number;
  isDate: boolean;
  zone: string;
}

/** When an event is (RFC 5545, sections 3.6.1 and 3.8.2), as its own clock shows it, with the name of the time zone. */
export function whenText(event: ICAL.Component): string {
  const start = timeOf(event, 'dtstart');
  if (start === null) return dueText(event);
  const end = timeOf(event, 'dtend') ?? afterDuration(start, event);
  // The end of a day is the beginning of the next.
  const last = end !== null && start.isDate ? { ...end, ms: end.ms - dayMs } : end;
  if (last === null || last.ms <= start.ms) return `${dayText(start)}${clockText(start)}${zoneText(start)}`;
  if (start.isDate) return `${dayText(start)} to ${dayText(last)}`;
  const isSameDay = dayText(start) === dayText(last) && start.zone === last.zone;
  if (isSameDay) return `${dayText(start)}${clockText(start)}–${clockText(last, '')}${zoneText(start)}`;
  const from = `${dayText(start)}${clockText(start)}${start.zone === last.zone ? '' : zoneText(start)}`;
  return `${from} to ${dayText(last)}${clockText(last)}${zoneText(last)}`;
}

const mostDates = 20;

/** The dates of a property that has several: those that a repeated event has beside its rule, or has not. */
export function otherDates(event: ICAL.Component, name: string): string {
  const times = event.getAllProperties(name).flatMap((property) => timesOf(property));
  const shown = times
    .slice(0, mostDates)
    .map((time) => `${dayText(time)}${clockText(time)}${zoneText(time)}`);
  const left = times.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join('; ');
}

function timesOf(property: ICAL.Property): ClockTime[] {
  try {
    return property.getValues().flatMap((value: unknown) => clockTime(property, value) ?? []);
  } catch {
    return [];
  }
}

function dueText(event: ICAL.Component): string {
  const due = timeOf(event, 'due');
  return due === null ? '' : `due ${dayText(due)}${clockText(due)}${zoneText(due)}`;
}

function timeOf(event: ICAL.Component, name: string): ClockTime | null {
  const property = event.getFirstProperty(name);
  return property === null ? null : clockTime(property, valueOf(property));
}

function clockTime(property: ICAL.Property, value: unknown): ClockTime | null {
  if (value instanceof ICAL.Period) return clockTime(property, value.start);
  if (!(value instanceof ICAL.Time)) return null;
  const { year, month, day, hour, minute, isDate } = value;
  const ms = Date.UTC(year, month - 1, day, isDate ? 0 : hour, isDate ? 0 : minute);
  if (Number.isNaN(ms)) return null;
  const tzid: unknown = property.getParameter('tzid');
  const isUtc = value.zone === ICAL.Timezone.utcTimezone;
  return { ms, isDate, zone: isUtc ? 'UTC' : typeof tzid === 'string' ? oneLine(tzid) : '' };
}

/** Null for a value that is not of its kind. */
function valueOf(property: ICAL.Property): unknown {
  try {
    return property.getFirstValue();
  } catch {
    return null;
  }
}

function afterDuration(start: ClockTime, event: ICAL.Component): ClockTime | null {
  const property = event.getFirstProperty('duration');
  const duration = property === null ? null : valueOf(property);
  if (!(duration instanceof ICAL.Duration)) return null;
  const seconds = duration.toSeconds();
  return seconds > 0 && seconds <= longestDurationSeconds
    ? { ...start, ms: start.ms + seconds * 1_000 }
    : null;
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function dayText({ ms }: ClockTime): string {
  return day.format(ms).replace(',', '');
}

function clockText({ ms, isDate }: ClockTime, before = ', '): string {
  return isDate ? '' : before + new Date(ms).toISOString().slice(11, 16);
}

function zoneText({ isDate, zone }: ClockTime): string {
  if (isDate) return '';
  return zone === '' ? ' (local time)' : ` ${zone}`;
}
