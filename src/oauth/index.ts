export { OAuthModule } from './oauth.module.js';
export { codeChallenge } from './pkce.js';
export { ProviderRegistry } from './providers/index.js';
export {
  TokenExchange,
  type ClientCredentials,
  type ExchangePath,
  type ProviderName,
  type Refreshed,
  type RefreshOutcome,
  type Rejected,
  type TokenSet,
  type Unavailable,
} from './token-exchange.js';
