import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { queryOf } from '../endpoint.js';
import { compose } from '../mail/compose.js';
import type { Draft, Mailbox } from '../mail/mailbox.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { invalidArgument, notFound } from './gmail-error.js';
import { checkRecipients, readMail, referenceTo, threadNamedBy } from './handed-over-mail.js';
import { pageOf, search } from './message-list.js';
import { messageResource, readFormat } from './message-resource.js';
import { draftBody, readBody, readRaw, sentDraftBody } from './request-body.js';
import { createDraft } from './sending.js';

interface ById {
  Params: { id: string };
}

/** `users.drafts`: a draft's id stays, and its message is another one after each update. */
export function draftMethods(scope: FastifyInstance, backend: Backend): void {
  const { accessTokens, clock, mailboxes, postOffice } = backend;
  const base = '/gmail/v1/users/me/drafts';
  const mailboxOf = async (request: FastifyRequest, method: keyof typeof methodScopes): Promise<Mailbox> =>
    mailboxes.of((await authorize(request, accessTokens, method)).account.email);

  scope.get(base, async (request) => {
    const mailbox = await mailboxOf(request, 'readDrafts');
    const query = queryOf(request);
    const found = new Set((await search(mailbox, query, clock.nowMs())).map(({ id }) => id));
    const matching = mailbox.drafts().filter(({ message }) => found.has(message.id));
    const { page, ...rest } = pageOf(matching, query);
    const drafts = page.map(({ id, message: { id: messageId, threadId } }) => ({
      id,
      message: { id: messageId, threadId },
    }));
    return { ...(drafts.length > 0 && { drafts }), ...rest };
  });

  scope.get<ById>(`${base}/:id`, async (request) => {
    const { id, message } = found(await mailboxOf(request, 'readDrafts'), request.params.id);
    return { id, message: await messageResource(message, readFormat(queryOf(request).get('format')), []) };
  });

  scope.post(base, async (request) => {
    const { account } = await authorize(request, accessTokens, 'drafts');
    const { message } = readBody(draftBody, request.body);
    return createDraft(backend, account, { raw: readRaw(message), threadId: message.threadId });
  });

  scope.put<ById>(`${base}/:id`, async (request) => {
    const mailbox = await mailboxOf(request, 'drafts');
    const { message } = readBody(draftBody, request.body);
    const draft = found(mailbox, request.params.id);
    const mail = { raw: readRaw(message), threadId: message.threadId };
    const written = await readMail(mail, mailbox);
    const threadId = threadNamedBy(mail, mailbox);
    const replaced = postOffice.replaceDraft(mailbox.email, draft, written, threadId);
    return { id: draft.id, message: referenceTo(replaced) };
  });

  scope.post(`${base}/send`, async (request) => {
    const mailbox = await mailboxOf(request, 'drafts');
    const { id, message } = readBody(sentDraftBody, request.body);
    if (id === '') throw invalidArgument('Invalid draft');
    const draft = found(mailbox, id);
    const raw = message?.raw === undefined ? await bytesOf(draft) : readRaw(message);
    const written = await readMail({ raw }, mailbox);
    checkRecipients(written);
    return referenceTo(postOffice.sendDraft(mailbox.email, draft, written));
  });

  scope.delete<ById>(`${base}/:id`, async (request, reply) => {
    const mailbox = await mailboxOf(request, 'drafts');
    mailbox.remove(found(mailbox, request.params.id).message.id);
    return reply.code(204).send();
  });
}

function found(mailbox: Mailbox, id: string): Draft {
  const draft = mailbox.draft(id);
  if (draft === undefined) throw notFound();
  return draft;
}

async function bytesOf({ message }: Draft): Promise<Buffer> {
  return message.raw ?? (await compose(message)).node.build();
}
