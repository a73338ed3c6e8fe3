export type { Instance } from './directory/instance.js';
export { InstancesModule } from './instances.module.js';
export { ConnectedMailboxes, servesScopes, type ConnectedMailbox } from './people/connected-mailboxes.js';
export { InstancesOptions, type GoogleKind } from './instances-options.js';
export { KnownInstances } from './directory/known-instances.js';
export { mailboxesPath } from './browser/mailbox-forms.js';
export { PersonBrowsers } from './browser/person-browsers.js';
export type { PersonSignInWish } from './people/person-redirect.js';
export { MailboxChanges, type MailboxChange, type NewMailboxChange } from './events/mailbox-changes.js';
export { narrowedScopes } from './scopes/narrowed-scopes.js';
export {
  googleScopesOf,
  knownPersonScopes,
  personScopes,
  servedPersonScopes,
  type PersonScope,
} from './scopes/person-scopes.js';
export { scopeDecision, type ScopeDecision } from './scopes/scope-decision.js';
export { ScopeRefusals } from './scopes/scope-refusals.js';
export { type Toolset, toolsets } from './directory/toolsets.js';
export { OAuthFlows } from './flows/oauth-flows.js';
export { quotaAccount } from './directory/quota-account.js';
