import { z } from 'zod';
import type { Vacation } from '../../../gmail/index.js';
import { shorten } from '../shorten.js';

const maxSubjectChars = 1_000;
const maxBodyChars = 10_000;

export const vacationOutput = z.object({
  enabled: z.boolean(),
  subject: z.string(),
  body: z.string(),
  bodyIsHtml: z.boolean(),
  contactsOnly: z.boolean(),
  domainOnly: z.boolean(),
  startTime: z.string().nullable(),
  endTime: z.string().nullable(),
});

/** The vacation responder as tools tell it; its times are of ISO 8601. */
export function vacationView(vacation: Vacation): z.input<typeof vacationOutput> {
  const { responseBodyHtml: html, responseBodyPlainText: text } = vacation;
  return {
    enabled: vacation.enableAutoReply,
    subject: shorten(vacation.responseSubject, maxSubjectChars),
    body: shorten(html === '' ? text : html, maxBodyChars),
    bodyIsHtml: html !== '',
    contactsOnly: vacation.restrictToContacts,
    domainOnly: vacation.restrictToDomain,
    startTime: isoTime(vacation.startTime),
    endTime: isoTime(vacation.endTime),
  };
}

/** Gmail gives zero for no time. */
function isoTime(millis: string | undefined): string | null {
  const time = new Date(Number(millis ?? 0));
  return Number.isNaN(time.getTime()) || time.getTime() === 0 ? null : time.toISOString();
}
