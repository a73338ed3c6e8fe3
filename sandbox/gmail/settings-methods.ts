import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { AutoForwarding, Vacation } from '../mail/mailbox-settings.js';
import { filterMethods } from './filter-methods.js';
import { forwardingMethods } from './forwarding-methods.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { invalidArgument } from './gmail-error.js';
import { onlyWithDelegatedAuthority } from './delegated-authority.js';
import { readBody } from './request-body.js';
import { sendAsMethods } from './send-as-methods.js';

/** int64 in JSON. */
const millis = z.union([z.string().regex(/^\d+$/), z.int().nonnegative().transform(String)]).optional();

const vacationBody = z.strictObject({
  enableAutoReply: z.boolean().default(false),
  responseSubject: z.string().optional(),
  responseBodyPlainText: z.string().optional(),
  responseBodyHtml: z.string().optional(),
  restrictToContacts: z.boolean().default(false),
  restrictToDomain: z.boolean().default(false),
  startTime: millis,
  endTime: millis,
});

const autoForwardingBody = z.strictObject({
  enabled: z.boolean().default(false),
  emailAddress: z.string().optional(),
  disposition: z.enum(['leaveInInbox', 'archive', 'trash', 'markRead']).optional(),
});

/** `users.settings`. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings */
export function settingsMethods(scope: FastifyInstance, backend: Backend): void {
  const base = '/gmail/v1/users/me/settings';
  const mailboxOf = async (request: FastifyRequest, method: keyof typeof methodScopes): Promise<Mailbox> =>
    backend.mailboxes.of((await authorize(request, backend.accessTokens, method)).account.email);

  for (const name of ['vacation', 'autoForwarding', 'imap', 'pop', 'language'] as const)
    scope.get(
      `${base}/${name}`,
      async (request) => (await mailboxOf(request, 'readSettings')).settings[name],
    );

  scope.get(`${base}/delegates`, async (request) => {
    const { delegates } = (await mailboxOf(request, 'readSettings')).settings;
    return delegates.length === 0 ? {} : { delegates };
  });

  scope.put(`${base}/vacation`, async (request) => {
    const { settings } = await mailboxOf(request, 'changeSettings');
    return (settings.vacation = checkedVacation(readBody(vacationBody, request.body)));
  });

  scope.put(`${base}/autoForwarding`, async (request) => {
    const { settings } = await mailboxOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    const wanted: AutoForwarding = readBody(autoForwardingBody, request.body);
    if (wanted.enabled && !settings.mayForwardTo(wanted.emailAddress ?? ''))
      throw invalidArgument('Unrecognized forwarding address');
    return (settings.autoForwarding = wanted);
  });

  filterMethods(scope, backend);
  forwardingMethods(scope, backend);
  sendAsMethods(scope, backend);
}

/** "If both are specified, responseBodyHtml will be used." @throws GmailError 400 */
function checkedVacation(wanted: z.output<typeof vacationBody>): Vacation {
  const { responseSubject = '', responseBodyPlainText = '', responseBodyHtml = '', ...others } = wanted;
  if (others.enableAutoReply && responseSubject + responseBodyPlainText + responseBodyHtml === '')
    throw invalidArgument('Either the response subject or the response body must be nonempty');
  checkTimes(others);
  return {
    ...others,
    ...(responseSubject !== '' && { responseSubject }),
    ...bodyOf(responseBodyHtml, responseBodyPlainText),
  };
}

function bodyOf(responseBodyHtml: string, responseBodyPlainText: string): Partial<Vacation> {
  if (responseBodyHtml !== '') return { responseBodyHtml };
  return responseBodyPlainText === '' ? {} : { responseBodyPlainText };
}

function checkTimes({ startTime, endTime }: Pick<Vacation, 'startTime' | 'endTime'>): void {
  if (startTime !== undefined && endTime !== undefined && Number(startTime) >= Number(endTime))
    throw invalidArgument('startTime must precede endTime');
}
