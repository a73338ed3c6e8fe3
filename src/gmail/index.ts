export type { AccessTokenSource } from './access-token-source.js';
export type { GmailMessage, GmailThread, MailboxHistory } from './client/answers.js';
export type { Mailbox } from './client/mailbox.js';
export type { Outbox } from './outbox/outbox.js';
export { type ComposedMail, composeMail } from './composing/compose-mail.js';
export { parseMailboxAddress, type MailboxAddress } from './composing/mailbox-address.js';
export { recipientCount } from './composing/recipient-count.js';
export {
  isSubjectOf,
  repliedHeaders,
  replyReference,
  type ReplyReference,
} from './composing/reply-reference.js';
export { GmailClient, type OpenMailbox } from './gmail-client.js';
export { GmailModule } from './gmail.module.js';
export { bodyPage } from './reading/body-page.js';
export { attachedFile, textFileAsMessage, type AttachedFile } from './files/attached-file.js';
export { partAsMessage } from './reading/message-part.js';
export { readHead } from './reading/message-head.js';
export type { MessageReader, ReadableMessage } from './reading/message-reader.js';
export { readableText } from './text/readable-text.js';
export { OlderTexts, quotedHistory, type TextRange } from './text/quoted-history.js';
export { charsWithin, tokenEstimate } from './text/token-estimate.js';
export {
  coversScope,
  DEFAULT_GMAIL_SCOPES,
  fullScopeName,
  gmailScopes,
  isGmailScope,
  isIdentityScope,
} from './scopes.js';
