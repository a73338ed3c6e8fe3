import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { invalidArgument, notFound } from './gmail-error.js';
import { referenceTo } from './handed-over-mail.js';
import { batchDeleteBody, batchModifyBody, modifyBody, readBody } from './request-body.js';

interface ById {
  Params: { id: string };
}
/** What is added to a message, and what is removed. */
type Change = readonly [added: readonly string[], removed: readonly string[]];

/** Labels that Gmail sets and removes itself. */
const fixedLabels = ['SENT', 'DRAFT'];
const mostLabels = 100;
const mostIds = 1_000;

const intoTrash: Change = [['TRASH'], ['INBOX', 'SPAM']];
/** What came out of the trash is archived. */
const outOfTrash: Change = [[], ['TRASH']];

/** The methods of `users.messages` and `users.threads` that file messages, throw them away, or delete them. */
export function changingMethods(scope: FastifyInstance, { accessTokens, mailboxes }: Backend): void {
  const base = '/gmail/v1/users/me';
  const mailboxOf = async (request: FastifyRequest, method: keyof typeof methodScopes): Promise<Mailbox> =>
    mailboxes.of((await authorize(request, accessTokens, method)).account.email);

  scope.post<ById>(`${base}/messages/:id/modify`, async (request) => {
    const mailbox = await mailboxOf(request, 'modify');
    const { addLabelIds, removeLabelIds } = readBody(modifyBody, request.body);
    const message = messageIn(mailbox, request.params.id);
    checkLabels(mailbox, addLabelIds, removeLabelIds);
    return referenceTo(relabelled(mailbox, message, [addLabelIds, removeLabelIds]));
  });

  scope.post<ById>(`${base}/threads/:id/modify`, async (request) => {
    const mailbox = await mailboxOf(request, 'modify');
    const { addLabelIds, removeLabelIds } = readBody(modifyBody, request.body);
    const messages = threadIn(mailbox, request.params.id);
    checkLabels(mailbox, addLabelIds, removeLabelIds);
    return changedThread(mailbox, messages, [addLabelIds, removeLabelIds]);
  });

  for (const [name, change] of [
    ['trash', intoTrash],
    ['untrash', outOfTrash],
  ] as const) {
    scope.post<ById>(`${base}/messages/:id/${name}`, async (request) => {
      const mailbox = await mailboxOf(request, 'modify');
      return referenceTo(relabelled(mailbox, messageIn(mailbox, request.params.id), change));
    });
    scope.post<ById>(`${base}/threads/:id/${name}`, async (request) => {
      const mailbox = await mailboxOf(request, 'modify');
      return changedThread(mailbox, threadIn(mailbox, request.params.id), change);
    });
  }

  scope.post(`${base}/messages/batchModify`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'modify');
    const { ids, addLabelIds, removeLabelIds } = readBody(batchModifyBody, request.body);
    checkIds(ids);
    checkLabels(mailbox, addLabelIds, removeLabelIds);
    for (const id of ids) mailbox.relabel(id, addLabelIds, removeLabelIds);
    return reply.code(204).send();
  });

  scope.post(`${base}/messages/batchDelete`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'deleteForGood');
    const { ids } = readBody(batchDeleteBody, request.body);
    checkIds(ids);
    // "Provides no guarantees that messages were not already deleted or even existed at all."
    for (const id of ids) mailbox.remove(id);
    return reply.code(204).send();
  });

  scope.delete<ById>(`${base}/messages/:id`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'deleteForGood');
    mailbox.remove(messageIn(mailbox, request.params.id).id);
    return reply.code(204).send();
  });

  scope.delete<ById>(`${base}/threads/:id`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'deleteForGood');
    for (const { id } of threadIn(mailbox, request.params.id)) mailbox.remove(id);
    return reply.code(204).send();
  });
}

function messageIn(mailbox: Mailbox, id: string): StoredMessage {
  const message = mailbox.find(id);
  if (message === undefined) throw notFound();
  return message;
}

function threadIn(mailbox: Mailbox, id: string): StoredMessage[] {
  const messages = mailbox.thread(id);
  if (messages.length === 0) throw notFound();
  return messages;
}

function relabelled(mailbox: Mailbox, message: StoredMessage, [added, removed]: Change): StoredMessage {
  return mailbox.relabel(message.id, added, removed) ?? message;
}

/** `Thread` in the answer to a write: its messages without their content. */
function changedThread(mailbox: Mailbox, messages: readonly StoredMessage[], change: Change): object {
  const changed = messages.map((message) => relabelled(mailbox, message, change));
  return { id: changed[0]?.threadId, historyId: mailbox.historyId, messages: changed.map(referenceTo) };
}

function checkIds(ids: readonly string[]): void {
  if (ids.length === 0) throw invalidArgument('No message ids specified');
  if (ids.length > mostIds) throw invalidArgument('Too many message ids specified');
  if (ids.some((id) => !/^[0-9a-f]{1,16}$/i.test(id))) throw invalidArgument('Invalid ids value');
}

function checkLabels(mailbox: Mailbox, added: readonly string[], removed: readonly string[]): void {
  if (added.length + removed.length === 0) throw invalidArgument('No label add or removes specified');
  if (added.length > mostLabels || removed.length > mostLabels)
    throw invalidArgument('Too many labels specified');
  for (const id of [...added, ...removed]) {
    if (fixedLabels.includes(id)) throw invalidArgument(`Invalid label: ${id}`);
    if (mailbox.labels.find(id) === undefined) throw invalidArgument('labelId not found');
  }
  if (added.some((id) => removed.includes(id)))
    throw invalidArgument('Cannot both add and remove the same label');
}
