export type { AccessTokenSource } from './access-token-source.js';
export { GmailClient } from './client/gmail-client.js';
export { GmailModule } from './gmail.module.js';
export { bodyPage } from './reading/body-page.js';
export { readMessage } from './reading/read-message.js';
export { coversScope, DEFAULT_GMAIL_SCOPES, gmailScopes, isGmailScope } from './scopes.js';
