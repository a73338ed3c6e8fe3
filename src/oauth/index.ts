export { ExchangeEvents, type ExchangeRecord } from './chain/exchange-events.js';
export { OAuthServiceStatus } from './chain/oauth-service-status.js';
export { HelloMac } from './service/hello-mac.js';
export { isServiceFailure, metServiceFailure } from './service/service-failure.js';
export { SharedOutcomes } from './local/shared-outcomes.js';
export { OAuthModule } from './oauth.module.js';
export { codeChallenge } from './pkce.js';
export { ProviderRegistry } from './providers/index.js';
export type {
  AccountOutcome,
  AuthorizationProbe,
  ProviderAccount,
  RevocationOutcome,
} from './oauth-provider.js';
export { timeBudget } from './time-budget.js';
export { OAuthServiceClientOptions } from './service/oauth-service-client-options.js';
export {
  sessionControlReasons,
  TokenExchange,
  type ClientCredentials,
  type CodeExchangeOutcome,
  type ExchangePath,
  type ProviderName,
  type RecalledAttempt,
  type Refreshed,
  type RefreshOutcome,
  type RefreshRequest,
  type Rejected,
  type TokenSet,
  type Unavailable,
} from './token-exchange.js';
export { tokenResponse, type TokenResponse } from './token-response.js';
