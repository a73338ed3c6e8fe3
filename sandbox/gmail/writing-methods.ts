import type { FastifyInstance } from 'fastify';
import type { Backend } from '../backend.js';
import { authorize } from './gmail-access.js';
import { changingMethods } from './changing-methods.js';
import { draftMethods } from './draft-methods.js';
import { labelMethods } from './label-methods.js';
import { messageBody, acceptJson, readBody, readRaw } from './request-body.js';
import { sendMail } from './sending.js';
import { settingsMethods } from './settings-methods.js';
import { uploadMethods } from './upload-methods.js';
import { watchMethods } from './watch-methods.js';

/** The methods of `gmail/v1/users/me` that change the mailbox. */
export function writingMethods(scope: FastifyInstance, backend: Backend): void {
  acceptJson(scope);
  changingMethods(scope, backend);
  draftMethods(scope, backend);
  labelMethods(scope, backend);
  settingsMethods(scope, backend);
  uploadMethods(scope, backend);
  watchMethods(scope, backend);

  scope.post('/gmail/v1/users/me/messages/send', async (request) => {
    const { account } = await authorize(request, backend.accessTokens, 'send');
    const message = readBody(messageBody, request.body);
    return sendMail(backend, account, { raw: readRaw(message), threadId: message.threadId });
  });
}
