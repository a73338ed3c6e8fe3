import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { Filter } from '../mail/mailbox-settings.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { failedPrecondition, invalidArgument, notFound } from './gmail-error.js';
import { readBody } from './request-body.js';

interface ById {
  Params: { id: string };
}

/** "You can only create a maximum of 1,000 filters." */
const mostFilters = 1_000;
const labelIds = z.array(z.string()).optional();

const filterBody = z.strictObject({
  id: z.unknown().optional(),
  criteria: z
    .strictObject({
      from: z.string().optional(),
      to: z.string().optional(),
      subject: z.string().optional(),
      query: z.string().optional(),
      negatedQuery: z.string().optional(),
      hasAttachment: z.boolean().optional(),
      excludeChats: z.boolean().optional(),
      size: z.int().optional(),
      sizeComparison: z.enum(['unspecified', 'smaller', 'larger']).optional(),
    })
    .default({}),
  action: z
    .strictObject({ addLabelIds: labelIds, removeLabelIds: labelIds, forward: z.string().optional() })
    .default({}),
});

/** `users.settings.filters`, which cannot be changed, only deleted and created. */
export function filterMethods(scope: FastifyInstance, { accessTokens, mailboxes }: Backend): void {
  const base = '/gmail/v1/users/me/settings/filters';
  const mailboxOf = async (request: FastifyRequest, method: keyof typeof methodScopes): Promise<Mailbox> =>
    mailboxes.of((await authorize(request, accessTokens, method)).account.email);

  scope.get(base, async (request) => {
    const { filters } = (await mailboxOf(request, 'readSettings')).settings;
    return filters.length === 0 ? {} : { filter: filters };
  });

  scope.get<ById>(`${base}/:id`, async (request) =>
    filterIn(await mailboxOf(request, 'readSettings'), request.params.id),
  );

  scope.post(base, async (request) => {
    const mailbox = await mailboxOf(request, 'changeSettings');
    const { criteria, action } = readBody(filterBody, request.body);
    check(mailbox, criteria, action);
    const { settings } = mailbox;
    if (
      settings.filters.some((filter) =>
        isDeepStrictEqual({ ...filter.criteria, ...filter.action }, { ...criteria, ...action }),
      )
    )
      throw failedPrecondition('Filter already exists');
    if (settings.filters.length >= mostFilters) throw failedPrecondition('Too many filters');
    const filter = { id: idOf(criteria, action), criteria, action };
    settings.filters = [...settings.filters, filter];
    return filter;
  });

  scope.delete<ById>(`${base}/:id`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'changeSettings');
    const gone = filterIn(mailbox, request.params.id);
    mailbox.settings.filters = mailbox.settings.filters.filter((each) => each !== gone);
    return reply.code(204).send();
  });
}

function filterIn({ settings }: Mailbox, id: string): Filter {
  const filter = settings.filters.find((each) => each.id === id);
  if (filter === undefined) throw notFound();
  return filter;
}

/** @throws GmailError 400 */
function check(
  mailbox: Mailbox,
  criteria: object,
  { addLabelIds, removeLabelIds, forward }: Filter['action'],
) {
  if (Object.keys(criteria).length === 0) throw invalidArgument("Filter doesn't have any criteria");
  const labels = [...(addLabelIds ?? []), ...(removeLabelIds ?? [])];
  if (labels.length === 0 && forward === undefined) throw invalidArgument("Filter doesn't have any actions");
  const unknown = labels.find((id) => mailbox.labels.find(id) === undefined);
  if (unknown !== undefined) throw invalidArgument(`Invalid label: ${unknown}`);
  const own = (addLabelIds ?? []).filter((id) => mailbox.labels.find(id)?.type === 'user');
  if (own.length > 1) throw invalidArgument('Too many labels to apply');
  if (forward !== undefined && !mailbox.settings.mayForwardTo(forward))
    throw failedPrecondition('Unrecognized forwarding address');
}

function idOf(...of: object[]): string {
  return `ANe1Bm${createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 26)}`;
}
