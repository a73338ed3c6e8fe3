export { ApiCallers } from './admission/api-callers.js';
export { ApiKeyGuard } from './admission/api-key.guard.js';
export { apiPrincipal, type ApiPrincipal } from './holders/api-principal.js';
export { actorOf } from './rest/actor.js';
export { Audited } from './rest/audited.decorator.js';
export { bearerToken } from './admission/bearer-token.js';
export { CallerAuthentication } from './admission/caller-authentication.js';
export { CallerRateLimit } from './admission/caller-rate-limit.js';
export { AdmitsConnectSessions } from './connect-sessions/connect-session-routes.js';
export { ConnectSessions } from './connect-sessions/connect-sessions.js';
export { expiryFields, hasOneExpiry } from './rest/identity-input.js';
export { IdentityModule } from './identity.module.js';
export { IdentityOptions } from './identity-options.js';
export {
  McpTokens,
  mcpTokenPrefix,
  type IssuedMcpToken,
  type McpPrincipal,
  type StoredMcpToken,
} from './holders/mcp-tokens.js';
export {
  instancePolicy,
  instancePolicyView,
  outboundActKinds,
  policyModes,
  type OutboundActKind,
  type OutboundPolicy,
  type PolicyField,
  type PolicyMode,
  type TenantPolicy,
} from './policies/outbound-policy.js';
export { MailboxRules } from './policies/mailbox-rules.js';
export { changedFields } from './policies/changed-fields.js';
export { OwnerCookie } from './owners/owner-cookie.js';
export { OwnerSessions, type MailboxOwner } from './owners/owner-sessions.js';
export { OwnerSignIn, type OwnedMailbox } from './owners/owner-sign-in.js';
export { MailboxDisconnection } from './people/mailbox-disconnection.js';
export { People, type Person } from './people/people.js';
export { PersonAuthorizations, type Authorization } from './people/person-authorizations.js';
export { AccountAccess, type EndedAccess } from './person-access/account-access.js';
export { PersonCookie } from './person-access/person-cookie.js';
export { PersonMailboxes, type PersonKey } from './people/person-mailboxes.js';
export { PersonSessions, type SignedInPerson } from './person-access/person-sessions.js';
export type { PersonPrincipal } from './person-access/person-principal.js';
export { clientHostOf } from './people/client-host.js';
export { PersonWidenings, wideningPath, type Widening } from './person-access/person-widenings.js';
export { PersonTokens } from './person-access/person-tokens.js';
export { Principal } from './admission/principal.decorator.js';
export { recipientAddress, type RecipientAddress } from './policies/recipient-address.js';
export { recipientPattern, type RecipientPattern } from './policies/recipient-pattern.js';
export { RefusalPace } from './admission/refusal-pace.js';
export { RememberedCallers } from './admission/remembered-callers.js';
export { OperatorOnly, RequireRight } from './admission/required-right.decorator.js';
export { sessionCookieName } from './console/session-cookie.js';
export { SignInCodes } from './console/sign-in-codes.js';
export type { SignInWishes } from './people/sign-in-rules.js';
export { SignedInBrowsers, type SignedInBrowser } from './person-access/signed-in-browsers.js';
export { newSecret, secretHash } from './holders/secret-hash.js';
export { isSuspended, tenantSuspended } from './tenant-suspension.js';
export { Tenant } from './holders/tenant.entity.js';
