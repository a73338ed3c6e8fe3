import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import { authorize } from './gmail-access.js';
import { invalidArgument } from './gmail-error.js';
import { readBody } from './request-body.js';

const watchBody = z.strictObject({
  topicName: z.string().default(''),
  labelIds: z.array(z.string()).default([]),
  labelFilterAction: z.enum(['include', 'exclude']).optional(),
  labelFilterBehavior: z.enum(['include', 'exclude', 'INCLUDE', 'EXCLUDE']).optional(),
});

/** `users.watch` and `users.stop`. https://developers.google.com/workspace/gmail/api/guides/push */
export function watchMethods(scope: FastifyInstance, { accessTokens, mailboxes, watches }: Backend): void {
  scope.post('/gmail/v1/users/me/watch', async (request) => {
    const { account } = await authorize(request, accessTokens, 'watch');
    const { topicName, labelIds, ...filter } = readBody(watchBody, request.body);
    if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(topicName))
      throw invalidArgument('Invalid topicName does not match projects/*/topics/*');
    const mailbox = mailboxes.of(account.email);
    if (labelIds.some((id) => mailbox.labels.find(id) === undefined)) throw invalidArgument('Invalid label');
    const chosen = filter.labelFilterBehavior ?? filter.labelFilterAction ?? 'include';
    const behavior = chosen.toLowerCase() === 'exclude' ? 'exclude' : 'include';
    const expiration = watches.watch(mailbox, { topicName, labelIds, behavior });
    return { historyId: mailbox.historyId, expiration: String(expiration) };
  });

  scope.post('/gmail/v1/users/me/stop', async (request, reply) => {
    const { account } = await authorize(request, accessTokens, 'watch');
    watches.stop(account.email);
    return reply.code(204).send();
  });
}
