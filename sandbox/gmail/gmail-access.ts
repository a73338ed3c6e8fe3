import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../endpoint.js';
import type { AccessTokens, LiveAccessToken } from '../grants/access-tokens.js';
import { forbidden, insufficientScope, invalidCredentials } from './gmail-error.js';

const google = 'https://www.googleapis.com/auth';
const metadataScope = `${google}/gmail.metadata`;
const composeScope = `${google}/gmail.compose`;
const writeScopes = ['https://mail.google.com/', `${google}/gmail.modify`];
const bodyScopes = [...writeScopes, `${google}/gmail.readonly`];

const labelScope = `${google}/gmail.labels`;
const basicScope = `${google}/gmail.settings.basic`;
const sharingScope = `${google}/gmail.settings.sharing`;

/** Scopes of which a method needs one, as on each method's page of the Gmail API reference. */
export const methodScopes = {
  profile: [...bodyScopes, composeScope, metadataScope],
  messages: [...bodyScopes, metadataScope],
  attachments: bodyScopes,
  labels: [...bodyScopes, labelScope, metadataScope],
  changeLabels: [...writeScopes, labelScope],
  modify: writeScopes,
  deleteForGood: ['https://mail.google.com/'],
  readDrafts: [...bodyScopes, composeScope],
  drafts: [...writeScopes, composeScope],
  send: [...writeScopes, composeScope, `${google}/gmail.send`],
  watch: [...bodyScopes, metadataScope],
  readSettings: [...bodyScopes, basicScope],
  changeSettings: [basicScope],
  changeSendAs: [basicScope, sharingScope],
  shareSettings: [sharingScope],
} as const;

/** @throws GmailError 401 for a token that is not live, 403 for one without any of the method's scopes. */
export async function authorize(
  request: FastifyRequest,
  accessTokens: AccessTokens,
  method: keyof typeof methodScopes,
): Promise<LiveAccessToken> {
  const token = await accessTokens.read(bearerOf(request) ?? '');
  if (token === null) throw invalidCredentials();
  if (!methodScopes[method].some((scope) => token.scopes.includes(scope))) throw insufficientScope();
  return token;
}

/**
 * Refuses what gmail.metadata may not do. Gmail refuses it even to a token that holds a wider scope as well
 * (googleapis/google-api-python-client#582).
 * @throws GmailError 403
 */
export function refuseUnderMetadata(token: LiveAccessToken, refused: boolean, message: string): void {
  if (refused && token.scopes.includes(metadataScope)) throw forbidden(message);
}
