import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import type { Label, LabelChoices } from '../mail/labels.js';
import type { Mailbox } from '../mail/mailbox.js';
import { authorize } from './gmail-access.js';
import { conflict, invalidArgument, notFound } from './gmail-error.js';
import { labelColours } from './label-colours.js';
import { readBody } from './request-body.js';

interface ById {
  Params: { id: string };
}

const longestName = 225;
const mostLabels = 10_000;

/** `Label`; what only Gmail sets is accepted and not looked at. */
const labelBody = z.strictObject({
  id: z.unknown().optional(),
  type: z.unknown().optional(),
  messagesTotal: z.unknown().optional(),
  messagesUnread: z.unknown().optional(),
  threadsTotal: z.unknown().optional(),
  threadsUnread: z.unknown().optional(),
  name: z.string().optional(),
  messageListVisibility: z.enum(['show', 'hide']).optional(),
  labelListVisibility: z.enum(['labelShow', 'labelShowIfUnread', 'labelHide']).optional(),
  color: z
    .strictObject({ textColor: z.string().optional(), backgroundColor: z.string().optional() })
    .optional(),
});

/** `users.labels`. */
export function labelMethods(scope: FastifyInstance, { accessTokens, mailboxes }: Backend): void {
  const base = '/gmail/v1/users/me/labels';
  const mailboxOf = async (request: FastifyRequest, method: 'labels' | 'changeLabels'): Promise<Mailbox> =>
    mailboxes.of((await authorize(request, accessTokens, method)).account.email);

  scope.get(base, async (request) => ({ labels: (await mailboxOf(request, 'labels')).labels.list() }));

  scope.get<ById>(`${base}/:id`, async (request) => {
    const mailbox = await mailboxOf(request, 'labels');
    const label = labelIn(mailbox, request.params.id);
    return { ...label, ...countsOf(mailbox, label) };
  });

  scope.post(base, async (request) => {
    const mailbox = await mailboxOf(request, 'changeLabels');
    const choices = chosen(mailbox, readBody(labelBody, request.body));
    if (mailbox.labels.list().length >= mostLabels) throw invalidArgument('Too many labels');
    return mailbox.labels.create(choices);
  });

  scope.put<ById>(`${base}/:id`, async (request) => {
    const mailbox = await mailboxOf(request, 'changeLabels');
    const label = changeable(labelIn(mailbox, request.params.id), 'update');
    return mailbox.labels.replace(label.id, chosen(mailbox, readBody(labelBody, request.body), label));
  });

  scope.patch<ById>(`${base}/:id`, async (request) => {
    const mailbox = await mailboxOf(request, 'changeLabels');
    const label = changeable(labelIn(mailbox, request.params.id), 'update');
    const patch = readBody(labelBody, request.body);
    return mailbox.labels.replace(label.id, chosen(mailbox, { ...label, ...patch }, label));
  });

  scope.delete<ById>(`${base}/:id`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'changeLabels');
    const { id } = changeable(labelIn(mailbox, request.params.id), 'delete');
    for (const message of mailbox.messages())
      if (message.labelIds.includes(id)) mailbox.relabel(message.id, [], [id]);
    mailbox.labels.remove(id);
    return reply.code(204).send();
  });
}

function labelIn(mailbox: Mailbox, id: string): Label {
  const label = mailbox.labels.find(id);
  if (label === undefined) throw notFound();
  return label;
}

function changeable(label: Label, request: 'update' | 'delete'): Label {
  if (label.type === 'system') throw invalidArgument(`Invalid ${request} request`);
  return label;
}

/** @throws GmailError 400 for what no label may be, 409 for a name that another one has */
function chosen(mailbox: Mailbox, body: z.output<typeof labelBody>, itself?: Label): LabelChoices {
  const { name = '', messageListVisibility = 'show', labelListVisibility = 'labelShow', color } = body;
  // Two slashes, or one at an end, would nest a label without a name.
  if (name.trim() === '' || name.length > longestName || /^\/|\/$|\/\//.test(name))
    throw invalidArgument('Invalid label name');
  const namesake = mailbox.labels.named(name);
  if (namesake !== undefined && namesake.id !== itself?.id)
    throw namesake.type === 'system'
      ? invalidArgument('Invalid label name')
      : conflict('Label name exists or conflicts');
  return {
    ...{ name: name.trim(), messageListVisibility, labelListVisibility },
    ...(color !== undefined && { color: colourOf(color) }),
  };
}

function colourOf({
  textColor,
  backgroundColor,
}: {
  textColor?: string | undefined;
  backgroundColor?: string | undefined;
}) {
  if (textColor === undefined || backgroundColor === undefined)
    throw invalidArgument('Both the text color and the background color must be set');
  for (const colour of [textColor, backgroundColor])
    if (!labelColours.has(colour))
      throw invalidArgument(`Label color ${colour} is not on the allowed color palette`);
  return { textColor, backgroundColor };
}

/** Only labels.get tells them. */
function countsOf(mailbox: Mailbox, { id }: Label) {
  const messages = mailbox.messages().filter(({ labelIds }) => labelIds.includes(id));
  const unread = messages.filter(({ labelIds }) => labelIds.includes('UNREAD'));
  return {
    messagesTotal: messages.length,
    messagesUnread: unread.length,
    threadsTotal: new Set(messages.map(({ threadId }) => threadId)).size,
    threadsUnread: new Set(unread.map(({ threadId }) => threadId)).size,
  };
}
