import { createDraft } from './writing/create-draft.tool.js';
import { getAttachment } from './attachments/get-attachment.tool.js';
import type { GmailTool } from './define-tool.js';
import { createAttachmentUpload } from './composing/create-attachment-upload.tool.js';
import { forwardMessage } from './composing/forward-message.tool.js';
import { replyToMessage } from './composing/reply-to-message.tool.js';
import { getConnectionStatus } from './mailbox/get-connection-status.tool.js';
import { getLinks } from './links/get-links.tool.js';
import { getMessages } from './reading/get-messages.tool.js';
import { listChanges } from './changes/list-changes.tool.js';
import { getProfile } from './mailbox/get-profile.tool.js';
import { searchThreads } from './searching/search-threads.tool.js';
import { getMessage } from './reading/get-message.tool.js';
import { getThread } from './reading/get-thread.tool.js';
import { listLabels } from './mailbox/list-labels.tool.js';
import { modifyMessageLabels } from './labels/modify-message-labels.tool.js';
import { modifyThreadLabels } from './labels/modify-thread-labels.tool.js';
import { searchMessages } from './searching/search-messages.tool.js';
import { sendMessage } from './writing/send-message.tool.js';
import { sendDraft } from './drafts/send-draft.tool.js';
import { updateDraft } from './drafts/update-draft.tool.js';
import { deleteDraft } from './drafts/delete-draft.tool.js';
import { getDraft } from './drafts/get-draft.tool.js';
import { listDrafts } from './drafts/list-drafts.tool.js';
import { batchDeleteMessages } from './filing/batch-delete-messages.tool.js';
import { batchModifyMessages } from './filing/batch-modify-messages.tool.js';
import { deleteMessage } from './filing/delete-message.tool.js';
import { markSpam } from './filing/mark-spam.tool.js';
import { trashMessage } from './filing/trash-message.tool.js';
import { trashThread } from './filing/trash-thread.tool.js';
import { untrashMessage } from './filing/untrash-message.tool.js';
import { untrashThread } from './filing/untrash-thread.tool.js';
import { createFilter } from './filters/create-filter.tool.js';
import { deleteFilter } from './filters/delete-filter.tool.js';
import { getFilter } from './filters/get-filter.tool.js';
import { stopWatch } from './changes/stop-watch.tool.js';
import { watchMailbox } from './changes/watch-mailbox.tool.js';
import { listFilters } from './filters/list-filters.tool.js';
import { createLabel } from './labels/create-label.tool.js';
import { deleteLabel } from './labels/delete-label.tool.js';
import { updateLabel } from './labels/update-label.tool.js';
import { getVacation } from './vacation/get-vacation.tool.js';
import { listSendAs } from './settings/list-send-as.tool.js';
import { updateForwarding } from './settings/update-forwarding.tool.js';
import { updateVacation } from './vacation/update-vacation.tool.js';
import { updateSignature } from './settings/update-signature.tool.js';
import { getForwarding } from './settings/get-forwarding.tool.js';
import { listForwardingAddresses } from './settings/list-forwarding-addresses.tool.js';
import { getImap } from './settings/get-imap.tool.js';
import { getPop } from './settings/get-pop.tool.js';
import { getLanguage } from './settings/get-language.tool.js';
import { unsubscribe } from './unsubscribing/unsubscribe.tool.js';

/** Every tool of the endpoint, in the order in which clients see them. */
export const gmailTools: readonly GmailTool[] = [
  searchMessages,
  searchThreads,
  getMessage,
  getMessages,
  getThread,
  getLinks,
  getAttachment,
  listLabels,
  getProfile,
  listChanges,
  modifyMessageLabels,
  modifyThreadLabels,
  createDraft,
  sendMessage,
  replyToMessage,
  forwardMessage,
  createAttachmentUpload,
  sendDraft,
  listDrafts,
  getDraft,
  updateDraft,
  deleteDraft,
  createLabel,
  updateLabel,
  deleteLabel,
  batchModifyMessages,
  trashMessage,
  untrashMessage,
  trashThread,
  untrashThread,
  markSpam,
  listFilters,
  getFilter,
  createFilter,
  deleteFilter,
  getVacation,
  updateVacation,
  listSendAs,
  updateSignature,
  getForwarding,
  listForwardingAddresses,
  getImap,
  getPop,
  getLanguage,
  unsubscribe,
  watchMailbox,
  stopWatch,
  deleteMessage,
  batchDeleteMessages,
  updateForwarding,
  getConnectionStatus,
];

export { type ResultForm, resultForms } from './answers/result-form.js';
export { defaultPageChars } from './answer-budget.js';
export { type AnswerPart, toolAnswer } from './answers/tool-answer.js';
export { unavailableText } from './mailbox/status-text.js';
export type { GmailTool, UnavailableTool } from './define-tool.js';
export { toolListing } from './define-tool.js';
