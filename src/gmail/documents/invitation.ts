import ICAL from 'ical.js';
import { oneLine } from './one-line.js';
import { whenText } from './event-time.js';

/** A calendar with more is no invitation. */
const mostEvents = 3;
const mostPeople = 20;
const longestDescription = 2_000;

const headings: Readonly<Record<string, string>> = {
  request: 'Invitation',
  publish: 'Calendar event',
  cancel: 'Cancelled event',
  reply: 'Answer to an invitation',
  counter: 'Another time proposed for an event',
  declinecounter: 'Proposal of another time declined',
  add: 'More dates for an event',
  refresh: 'Request for the latest version of an event',
};
const answers: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'accepted tentatively',
  delegated: 'delegated',
};

/**
 * What an iCalendar object (RFC 5545, RFC 5546) says to a person: what, when in which time zone, where, who, and whether
 * an answer is asked for. Null for what cannot be read as one. Recurrences are told, not counted.
 */
export function invitationText(source: string): string | null {
  try {
    const calendar = parsed(source);
    return calendar === null ? null : calendarText(calendar);
  } catch {
    // The library takes much for granted that a stranger may write otherwise.
    return null;
  }
}

function calendarText(calendar: ICAL.Component): string | null {
  const method = valueOf(calendar, 'method').toLowerCase();
  const events = calendar.getAllSubcomponents().filter(({ name }) => name === 'vevent' || name === 'vtodo');
  if (events.length === 0) return null;
  const texts = events.slice(0, mostEvents).map((event) => eventText(event, method));
  const left = events.length - texts.length;
  return [...texts, ...(left > 0 ? [`[${left} more events of this calendar are left out]`] : [])].join(
    '\n\n',
  );
}

function parsed(source: string): ICAL.Component | null {
  const start = source.search(/BEGIN:VCALENDAR/i);
  const data: unknown = ICAL.parse(start < 0 ? source : source.slice(start));
  return Array.isArray(data) && data.length > 0 ? new ICAL.Component(data) : null;
}

function eventText(event: ICAL.Component, method: string): string {
  const people = event.getAllProperties('attendee');
  const cancelled = valueOf(event, 'status').toLowerCase() === 'cancelled' ? 'cancel' : method;
  const asksForAnswer =
    cancelled === 'request' && people.some((each) => parameterOf(each, 'rsvp').toUpperCase() === 'TRUE');
  const heading = headings[cancelled] ?? 'Calendar event';
  const lines: [string, string][] = [
    ['What', valueOf(event, 'summary')],
    ['When', whenText(event)],
    ['Repeats', valueOf(event, 'rrule')],
    ['Where', valueOf(event, 'location')],
    ['From', personText(event.getFirstProperty('organizer'))],
    [method === 'reply' ? 'Answer' : 'Invited', peopleText(people)],
    ['Link', valueOf(event, 'url') || valueOf(event, 'x-google-conference')],
    ['Comment', valueOf(event, 'comment')],
    ['About', valueOf(event, 'description').slice(0, longestDescription)],
  ];
  const said = lines.filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${text}`);
  return [`[${heading}${asksForAnswer ? ': an answer is asked for' : ''}]`, ...said].join('\n');
}

function valueOf(component: ICAL.Component, name: string): string {
  try {
    const value: unknown = component.getFirstPropertyValue(name);
    return value === null ? '' : oneLine((value as { toString(): string }).toString());
  } catch {
    return '';
  }
}

function parameterOf(property: ICAL.Property, name: string): string {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : '';
}

function personText(property: ICAL.Property | null): string {
  if (property === null) return '';
  const address = oneLine(String(property.getFirstValue())).replace(/^mailto:/i, '');
  const name = oneLine(parameterOf(property, 'cn'));
  return name === '' || name === address ? address : `${name} <${address}>`;
}

function peopleText(people: readonly ICAL.Property[]): string {
  const shown = people.slice(0, mostPeople).map((each) => {
    const answer = answers[parameterOf(each, 'partstat').toLowerCase()];
    return personText(each) + (answer === undefined ? '' : ` (${answer})`);
  });
  const left = people.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}
