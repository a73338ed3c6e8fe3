export { ApiKeyGuard, type ApiPrincipal } from './api-key.guard.js';
export { bearerToken } from './bearer-token.js';
export { IdentityModule } from './identity.module.js';
export { IdentityOptions } from './identity-options.js';
export { McpTokens } from './mcp-tokens.js';
export { Principal } from './principal.decorator.js';
export { newSecret, secretHash } from './secret-hash.js';
export { Tenant } from './tenant.entity.js';
