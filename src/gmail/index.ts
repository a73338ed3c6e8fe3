export type { AccessTokenSource } from './access-token-source.js';
export type { GmailFilter, GmailMessage, GmailThread, MailboxHistory } from './client/answers.js';
export type { Mailbox } from './client/mailbox.js';
export { type Filing, mostMessagesAtOnce } from './filing/filing.js';
export type { FilterResource, Filters } from './filing/filters.js';
export type { Settings } from './settings/settings.js';
export type { Vacation } from './settings/setting-answers.js';
export { textAsHtml } from './composing/text-as-html.js';
export type { Labels } from './filing/labels.js';
export type { Drafts, RawDraft } from './outbox/drafts.js';
export type { Outbox } from './outbox/outbox.js';
export { attachedMails } from './answering/attached-mails.js';
export { forwardedParts } from './answering/forwarded-parts.js';
export type { OriginalQuotes, QuotedOriginal } from './answering/original-quotes.js';
export { addressKey as ownAddressKey, OwnAddresses } from './answering/own-addresses.js';
export { once, replyAudience } from './answering/reply-audience.js';
export { forwardSubject } from './answering/subject-prefix.js';
export type { SendAs } from './client/answers.js';
export { type ComposedMail, composeMail, mailTooLarge } from './composing/compose-mail.js';
export type { BothForms } from './composing/mail-bodies.js';
export { encodedBytes, largestMailBytes, type MailFile } from './composing/mail-file.js';
export { parseMailboxAddress, type MailboxAddress } from './composing/mailbox-address.js';
export { changedDraft } from './composing/changed-draft.js';
export { recipientCount } from './composing/recipient-count.js';
export { isSubjectOf, repliedHeaders, replyReference } from './answering/reply-reference.js';
export type { ReplyReference } from './composing/reply-place.js';
export { GmailClient, type OpenMailbox } from './gmail-client.js';
export { GmailModule } from './gmail.module.js';
export type { MailboxTerms } from './mailbox-terms.js';
export type { QuotaLeft } from './quota/gmail-quota.js';
export { QuotaOptions } from './quota/quota-options.js';
export { sharedUnitsSubject } from './quota/shared-units-subject.js';
export { bodyPage } from './reading/body-page.js';
export { unreadableReasons, type UnreadableReason } from './archives/unreadable.js';
export { attachedFile, type AttachedFile } from './files/attached-file.js';
export type { FileTexts } from './files/file-texts.js';
export { partAsMessage } from './reading/message-part.js';
export type { MessageLink } from './links/message-link.js';
export {
  type NoOneClick,
  unsubscribeHeaders,
  unsubscribeOffer,
  type UnsubscribeOffer,
} from './lists/unsubscribe-offer.js';
export type { MailTo } from './lists/mail-to.js';
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
