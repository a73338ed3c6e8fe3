import type { FastifyInstance } from 'fastify';
import type { Backend } from '../backend.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { readWrittenMail, type WrittenMail } from '../mail/written-mail.js';
import type { Account } from '../state/sandbox-state.js';
import { authorize } from './gmail-access.js';
import { invalidArgument, notFound } from './gmail-error.js';
import {
  acceptJson,
  draftBody,
  type MessageBody,
  messageBody,
  modifyBody,
  readBody,
  readRaw,
} from './request-body.js';

/** Labels that Gmail sets and removes itself. */
const fixedLabels = ['SENT', 'DRAFT'];
const mostLabels = 100;

/** The methods of `gmail/v1/users/me` that change the mailbox. */
export function writingMethods(scope: FastifyInstance, backend: Backend): void {
  const { accessTokens, mailboxes, postOffice } = backend;
  acceptJson(scope);

  scope.post<{ Params: { id: string } }>('/gmail/v1/users/me/messages/:id/modify', async (request) => {
    const { account } = await authorize(request, accessTokens, 'modify');
    const { addLabelIds, removeLabelIds } = readBody(modifyBody, request.body);
    const mailbox = mailboxes.of(account.email);
    if (mailbox.find(request.params.id) === undefined) throw notFound();
    checkLabels(mailbox, addLabelIds, removeLabelIds);
    const message = mailbox.relabel(request.params.id, addLabelIds, removeLabelIds);
    if (message === undefined) throw notFound();
    return referenceTo(message);
  });

  scope.post('/gmail/v1/users/me/drafts', async (request) => {
    const { account } = await authorize(request, accessTokens, 'drafts');
    const { message } = readBody(draftBody, request.body);
    const written = await readMail(message, account);
    const draft = postOffice.keepDraft(
      account.email,
      written,
      threadNamedBy(message, mailboxes.of(account.email)),
    );
    return { id: `r${BigInt(`0x${draft.id}`).toString()}`, message: referenceTo(draft) };
  });

  scope.post('/gmail/v1/users/me/messages/send', async (request) => {
    const { account } = await authorize(request, accessTokens, 'send');
    const message = readBody(messageBody, request.body);
    const written = await readMail(message, account);
    if (written.recipients.length === 0) throw invalidArgument('Recipient address required');
    if (written.recipients.some((address) => !/^[^@\s]+@[^@\s]+$/.test(address)))
      throw invalidArgument('Invalid To header');
    const threadId = threadNamedBy(message, mailboxes.of(account.email));
    return referenceTo(postOffice.send(account.email, written, threadId));
  });
}

/** The message of an answer to a write: without content, and without `labelIds` when there are none. */
function referenceTo({ id, threadId, labelIds }: StoredMessage): object {
  return {
    id,
    threadId,
    ...(labelIds.length > 0 && { labelIds }),
  };
}

function checkLabels(mailbox: Mailbox, added: readonly string[], removed: readonly string[]): void {
  if (added.length + removed.length === 0) throw invalidArgument('No label add or removes specified');
  if (added.length > mostLabels || removed.length > mostLabels)
    throw invalidArgument('Too many labels specified');
  for (const id of [...added, ...removed]) {
    if (fixedLabels.includes(id)) throw invalidArgument(`Invalid label: ${id}`);
    if (!mailbox.labels.some((label) => label.id === id)) throw invalidArgument('labelId not found');
  }
  if (added.some((id) => removed.includes(id)))
    throw invalidArgument('Cannot both add and remove the same label');
}

/** Mail is from the account, whatever its From says: other addresses are not verified here. */
async function readMail(message: MessageBody, { email }: Account): Promise<WrittenMail> {
  const written = await readWrittenMail(readRaw(message));
  const isOwn = written.mail.from === email || written.mail.from.endsWith(`<${email}>`);
  return isOwn ? written : { ...written, mail: { ...written.mail, from: email } };
}

function threadNamedBy({ threadId }: MessageBody, mailbox: Mailbox): string | undefined {
  if (threadId === undefined || threadId === '') return undefined;
  if (!/^[0-9a-f]{1,16}$/i.test(threadId)) throw invalidArgument('Invalid thread_id value');
  if (mailbox.thread(threadId).length === 0) throw notFound();
  return threadId;
}
