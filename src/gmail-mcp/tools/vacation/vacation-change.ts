import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import type { Vacation } from '../../../gmail/index.js';

const maxSubjectChars = 500;
const maxBodyChars = 20_000;
const time = z.iso.datetime({ offset: true }).optional();

export const vacationInput = {
  enabled: z.boolean(),
  subject: z.string().max(maxSubjectChars).optional(),
  body: z.string().max(maxBodyChars).optional().describe('Plain text'),
  contactsOnly: z.boolean().optional(),
  domainOnly: z.boolean().optional(),
  startTime: time,
  endTime: time,
};
type VacationChange = z.output<z.ZodObject<typeof vacationInput>>;

/**
 * The responder as it is to be: what the change does not name stays. A plain text takes the place of HTML, which would
 * count before it.
 * @throws EvergrantError `VALIDATION_FAILED` for one that would answer with nothing
 */
export function vacationChange(before: Vacation, change: VacationChange): Vacation {
  const after = {
    enableAutoReply: change.enabled,
    responseSubject: change.subject ?? before.responseSubject,
    responseBodyPlainText: change.body ?? before.responseBodyPlainText,
    responseBodyHtml: change.body === undefined ? before.responseBodyHtml : '',
    restrictToContacts: change.contactsOnly ?? before.restrictToContacts,
    restrictToDomain: change.domainOnly ?? before.restrictToDomain,
    startTime: millisOf(change.startTime) ?? before.startTime,
    endTime: millisOf(change.endTime) ?? before.endTime,
  };
  if (change.enabled && after.responseSubject + after.responseBodyPlainText + after.responseBodyHtml === '')
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'body',
      message: 'An automatic answer needs a subject or a body (arguments "subject" and "body")',
    });
  return after;
}

/** `VacationSettings` for Gmail, without what is empty. */
export function vacationResource(vacation: Vacation): Partial<Vacation> {
  return Object.fromEntries(
    Object.entries(vacation).filter(([, value]) => value !== '' && value !== undefined),
  );
}

/** What a person reads of it who decides. */
export function shownVacation(vacation: Vacation): { name: string; value: string }[] {
  const html = vacation.responseBodyHtml;
  const rows = {
    'Automatic answer': vacation.enableAutoReply ? 'on' : 'off',
    Subject: vacation.responseSubject,
    [html === '' ? 'Body' : 'Body (HTML)']: html === '' ? vacation.responseBodyPlainText : html,
    'Only to contacts': vacation.restrictToContacts ? 'yes' : 'no',
    'Only within the domain': vacation.restrictToDomain ? 'yes' : 'no',
    From: shownTime(vacation.startTime),
    Until: shownTime(vacation.endTime),
  };
  return Object.entries(rows).map(([name, value]) => ({ name, value }));
}

function millisOf(isoTime: string | undefined): string | undefined {
  return isoTime === undefined ? undefined : String(Date.parse(isoTime));
}

/** Gmail gives zero for no time. */
function shownTime(millis: string | undefined): string {
  return millis === undefined || millis === '0' ? '' : new Date(Number(millis)).toISOString();
}
