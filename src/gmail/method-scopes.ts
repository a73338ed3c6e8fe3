import { gmailScopes } from './scopes.js';

/**
 * The narrowest scopes that Gmail takes for what is asked of it here; wider ones serve as well. From the section
 * "Authorization scopes" of each method. https://developers.google.com/workspace/gmail/api/reference/rest
 */
export const methodScopes = {
  profile: [gmailScopes.metadata, gmailScopes.compose],
  listMessages: [gmailScopes.metadata],
  /** The metadata scope does not allow `q`. */
  searchMessages: [gmailScopes.readonly],
  readHeaders: [gmailScopes.metadata],
  /** The metadata scope does not allow the format `full`. */
  readText: [gmailScopes.readonly],
  attachment: [gmailScopes.readonly],
  history: [gmailScopes.metadata],
  watch: [gmailScopes.metadata],
  labels: [gmailScopes.labels, gmailScopes.metadata],
  modifyMessage: [gmailScopes.modify],
  deleteMessage: [gmailScopes.full],
  changeLabels: [gmailScopes.labels, gmailScopes.modify],
  readFilters: [gmailScopes.settingsBasic, gmailScopes.readonly],
  changeFilters: [gmailScopes.settingsBasic],
  sendAs: [gmailScopes.settingsBasic, gmailScopes.readonly],
  createDraft: [gmailScopes.compose],
  readDrafts: [gmailScopes.compose, gmailScopes.readonly],
  changeDraft: [gmailScopes.compose],
  sendMessage: [gmailScopes.send],
  /** Not gmail.send. */
  sendDraft: [gmailScopes.compose],
  readSettings: [gmailScopes.settingsBasic, gmailScopes.readonly],
  changeSettings: [gmailScopes.settingsBasic],
  changeSendAs: [gmailScopes.settingsBasic, gmailScopes.settingsSharing],
  shareSettings: [gmailScopes.settingsSharing],
} as const satisfies Record<string, readonly string[]>;
