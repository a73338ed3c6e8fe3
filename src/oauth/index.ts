export { OAuthModule } from './oauth.module.js';
export type {
  AccountOutcome,
  AuthorizationRequest,
  OAuthProvider,
  ProviderAccount,
} from './oauth-provider.js';
export { codeChallenge } from './pkce.js';
export { ProviderRegistry } from './providers/index.js';
export {
  TokenExchange,
  type ClientCredentials,
  type CodeExchanged,
  type CodeExchangeOutcome,
  type CodeExchangeRequest,
  type ExchangePath,
  type ProviderName,
  type Refreshed,
  type RefreshOutcome,
  type RefreshRequest,
  type Rejected,
  type TokenSet,
  type Unavailable,
} from './token-exchange.js';
