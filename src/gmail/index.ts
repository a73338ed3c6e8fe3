export type { AccessTokenSource } from './access-token-source.js';
export type { GmailMessage, GmailProfile, MessageList, MessagePart } from './client/answers.js';
export {
  GmailClient,
  type MessageFormat,
  type MessageListQuery,
  type MessageSelection,
} from './client/gmail-client.js';
export { defaultGmailLimits, type GmailLimits, GmailOptions } from './client/gmail-options.js';
export { GmailModule } from './gmail.module.js';
export { type BodyPage, bodyPage } from './reading/body-page.js';
export type { BodyText } from './reading/body-text.js';
export { type AttachmentSummary, type ReadableMessage, readMessage } from './reading/read-message.js';
export { coversScope, DEFAULT_GMAIL_SCOPES, gmailScopes, isGmailScope } from './scopes.js';
