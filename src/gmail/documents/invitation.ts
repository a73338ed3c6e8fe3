import ICAL from 'ical.js';
import { oneLine } from './one-line.js';
import { otherDates, whenText } from './event-time.js';

/** A calendar with more is no invitation. */
const mostEvents = 3;
const mostPeople = 20;
const mostAttached = 10;
const longestDescription = 2_000;

const headings = new Map(
  Object.entries({
    request: 'Invitation',
    publish: 'Calendar event',
    cancel: 'Cancelled event',
    reply: 'Answer to an invitation',
    counter: 'Another time proposed for an event',
    declinecounter: 'Proposal of another time declined',
    add: 'More dates for an event',
    refresh: 'Request for the latest version of an event',
  }),
);
const answers = new Map(
  Object.entries({
    accepted: 'accepted',
    declined: 'declined',
    tentative: 'accepted tentatively',
    delegated: 'delegated',
  }),
);

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
  const heading = headings.get(cancelled) ?? 'Calendar event';
  const lines: [string, string][] = [
    ['What', valueOf(event, 'summary')],
    ['When', whenText(event)],
    ['In place of', otherDates(event, 'recurrence-id')],
    ['Repeats', valueOf(event, 'rrule')],
    ['Also', otherDates(event, 'rdate')],
    ['Except', otherDates(event, 'exdate')],
    ['Where', valueOf(event, 'location')],
    ['From', personText(event.getFirstProperty('organizer'))],
    [method === 'reply' ? 'Answer' : 'Invited', peopleText(people)],
    ['Link', linksOf(event)],
    ['Attached', attachedLinks(event)],
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

/** Where one meets, in the words of RFC 5545, RFC 7986 and of those who make calendars. */
const linkProperties = [
  'url',
  'conference',
  'x-google-conference',
  'x-microsoft-skypeteamsmeetingurl',
  'x-microsoft-onlinemeetingexternallink',
];

function linksOf(event: ICAL.Component): string {
  const links = linkProperties.map((name) => valueOf(event, name)).filter((each) => each !== '');
  return [...new Set(links)].join(', ');
}

/** Files that an event only names; those that it holds are none of its words. */
function attachedLinks(event: ICAL.Component): string {
  const values = event.getAllProperties('attach').map((each) => oneLine(String(each.getFirstValue())));
  return values
    .filter((each) => /^https?:/i.test(each))
    .slice(0, mostAttached)
    .join(', ');
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
    const answer = answers.get(parameterOf(each, 'partstat').toLowerCase());
    const to = oneLine(parameterOf(each, 'delegated-to')).replace(/^mailto:/i, '');
    const said = [
      ...(parameterOf(each, 'role').toUpperCase() === 'OPT-PARTICIPANT' ? ['optional'] : []),
      ...(answer === undefined ? [] : [answer + (to === '' ? '' : ` to ${to}`)]),
    ];
    return personText(each) + (said.length === 0 ? '' : ` (${said.join(', ')})`);
  });
  const left = people.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}
