import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { bearerOf, endpoint, queryOf } from '../endpoint.js';
import { compose } from '../mail/compose.js';
import { readAttachmentId } from './attachment-id.js';
import { authorize, refuseUnderMetadata } from './gmail-access.js';
import { GmailError, notFound } from './gmail-error.js';
import { listHistory } from './history-list.js';
import { listMessages, listThreads } from './message-list.js';
import { messageResource, readFormat } from './message-resource.js';
import { partContent } from './payload.js';
import { writingMethods } from './writing-methods.js';

interface MessageParameters {
  id: string;
}
interface AttachmentParameters {
  messageId: string;
  id: string;
}

/** The methods of `gmail/v1/users/me`. */
export function gmailEndpoint(app: FastifyInstance, backend: Backend): void {
  const { accessTokens, clock, mailboxes, unitQuota } = backend;
  const describe = async (request: FastifyRequest) => {
    const token = await accessTokens.read(bearerOf(request) ?? '');
    return token === null ? {} : { account: token.account.email, clientId: token.grant.clientId };
  };

  const me = (scope: FastifyInstance): void => {
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof GmailError)) return reply.send(error);
      if (error.code === 401) reply.header('www-authenticate', 'Bearer realm="https://accounts.google.com/"');
      return reply.code(error.code).send(error.toBody());
    });
    scope.addHook('preHandler', async (request, reply) => {
      const token = reply.sent ? null : await accessTokens.read(bearerOf(request) ?? '');
      const { method, url = '' } = request.routeOptions;
      if (token !== null) unitQuota.spend(token.account.email, String(method), url);
    });
    writingMethods(scope, backend);

    scope.get('/gmail/v1/users/me/profile', async (request) => {
      const { account } = await authorize(request, accessTokens, 'profile');
      const mailbox = mailboxes.of(account.email);
      const messages = mailbox.messages();
      return {
        emailAddress: account.email,
        messagesTotal: messages.length,
        threadsTotal: new Set(messages.map(({ threadId }) => threadId)).size,
        historyId: mailbox.historyId,
      };
    });

    scope.get('/gmail/v1/users/me/messages', async (request) => {
      const token = await authorize(request, accessTokens, 'messages');
      const query = queryOf(request);
      refuseUnderMetadata(token, query.has('q'), "Metadata scope does not support 'q' parameter");
      return listMessages(mailboxes.of(token.account.email), query, clock.nowMs());
    });

    scope.get('/gmail/v1/users/me/history', async (request) => {
      const { account } = await authorize(request, accessTokens, 'messages');
      return listHistory(mailboxes.of(account.email), queryOf(request));
    });

    scope.get('/gmail/v1/users/me/threads', async (request) => {
      const token = await authorize(request, accessTokens, 'messages');
      const query = queryOf(request);
      refuseUnderMetadata(token, query.has('q'), "Metadata scope does not support 'q' parameter");
      return listThreads(mailboxes.of(token.account.email), query, clock.nowMs());
    });

    scope.get<{ Params: MessageParameters }>('/gmail/v1/users/me/messages/:id', async (request) => {
      const read = await readingOf(request);
      const message = read.mailbox.find(request.params.id);
      if (message === undefined) throw notFound();
      return messageResource(message, read.format, read.metadataHeaders);
    });

    scope.get<{ Params: MessageParameters }>('/gmail/v1/users/me/threads/:id', async (request) => {
      const read = await readingOf(request);
      const messages = read.mailbox.thread(request.params.id);
      const latest = messages.at(-1);
      if (latest === undefined) throw notFound();
      return {
        id: latest.threadId,
        historyId: latest.historyId,
        messages: await Promise.all(
          messages.map((message) => messageResource(message, read.format, read.metadataHeaders)),
        ),
      };
    });

    scope.get<{ Params: AttachmentParameters }>(
      '/gmail/v1/users/me/messages/:messageId/attachments/:id',
      async (request) => {
        const { account } = await authorize(request, accessTokens, 'attachments');
        const message = mailboxes.of(account.email).find(request.params.messageId);
        const partId = readAttachmentId(request.params.id);
        if (message === undefined || partId === undefined) throw notFound();
        const content = partContent(await compose(message), partId);
        if (content === undefined) throw notFound();
        return { size: content.length, data: content.toString('base64url') };
      },
    );
  };

  /** What messages.get and threads.get have in common: whose mailbox, and how much of each message. */
  const readingOf = async (request: FastifyRequest) => {
    const token = await authorize(request, accessTokens, 'messages');
    const query = queryOf(request);
    const format = readFormat(query.get('format'));
    const readsBody = format === 'full' || format === 'raw';
    refuseUnderMetadata(token, readsBody, `Metadata scope doesn't allow format ${format.toUpperCase()}`);
    const metadataHeaders = query.getAll('metadataHeaders');
    return { mailbox: mailboxes.of(token.account.email), format, metadataHeaders };
  };

  endpoint(app, backend, { target: 'gmail', describe }, me);
}
