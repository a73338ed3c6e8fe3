export { ApiCallers } from './admission/api-callers.js';
export { ApiKeyGuard } from './admission/api-key.guard.js';
export type { ApiPrincipal } from './holders/api-principal.js';
export { actorOf } from './rest/actor.js';
export { Audited } from './rest/audited.decorator.js';
export { bearerToken } from './admission/bearer-token.js';
export { CallerRateLimit } from './admission/caller-rate-limit.js';
export { expiryFields, hasOneExpiry } from './rest/identity-input.js';
export { IdentityModule } from './identity.module.js';
export { IdentityOptions } from './identity-options.js';
export {
  McpTokens,
  type IssuedMcpToken,
  type McpPrincipal,
  type StoredMcpToken,
} from './holders/mcp-tokens.js';
export { Principal } from './admission/principal.decorator.js';
export { RefusalPace } from './admission/refusal-pace.js';
export { RememberedCallers } from './admission/remembered-callers.js';
export { RequireRight } from './admission/required-right.decorator.js';
export { newSecret, secretHash } from './holders/secret-hash.js';
export { isSuspended } from './tenant-suspension.js';
export { Tenant } from './holders/tenant.entity.js';
