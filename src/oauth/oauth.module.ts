import { HttpModule } from '@nestjs/axios';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ChainedTokenExchange } from './chain/chained-token-exchange.js';
import { ExchangeEvents } from './chain/exchange-events.js';
import { OAuthServiceBreaker } from './chain/oauth-service-breaker.js';
import { OAuthServiceRecovery } from './chain/oauth-service-recovery.js';
import { OAuthServiceStatus } from './chain/oauth-service-status.js';
import { AttemptDrain } from './local/attempt-drain.js';
import { AttemptRegistry } from './local/attempt-registry.js';
import { LocalTokenExchange } from './local/local-token-exchange.js';
import { ProviderBreakers } from './local/provider-breakers.js';
import { OwnOutcomes, SharedOutcomes } from './local/shared-outcomes.js';
import { UnlistedCodes } from './local/unlisted-codes.js';
import type { OutboundProxy } from '../resilience/index.js';
import { OAuthMetrics } from './oauth-metrics.js';
import type { OAuthProvider } from './oauth-provider.js';
import {
  ProviderRegistry,
  providerClasses,
  providerOptions,
  type EndpointsByProvider,
} from './providers/index.js';
import { OAuthServiceClientOptions } from './service/oauth-service-client-options.js';
import { OAuthServiceClient } from './service/oauth-service-client.js';
import { ProvenService } from './service/proven-service.js';
import { ServiceProof } from './service/service-proof.js';
import { RemoteTokenExchange } from './remote/remote-token-exchange.js';
import { TokenExchange } from './token-exchange.js';

interface OAuthModuleOptions extends EndpointsByProvider {
  /** Where the chain begins; null in the OAuth service itself, which goes straight to the provider. */
  oauthService: OAuthServiceClientOptions | null;
  /** Exports {@link SharedOutcomes} for replicas of the OAuth service; without it each knows its own only. */
  sharedOutcomes?: DynamicModule | undefined;
  /** What requests to providers leave through; the OAuth service is always reached directly. */
  proxy?: OutboundProxy | null;
}

/** Speaks OAuth for the whole application, hence global: one connection pool to each provider. */
@Module({})
export class OAuthModule {
  static forRoot({
    oauthService,
    sharedOutcomes,
    proxy = null,
    ...endpoints
  }: OAuthModuleOptions): DynamicModule {
    return {
      module: OAuthModule,
      global: true,
      imports: [...(oauthService === null ? [] : [HttpModule]), ...(sharedOutcomes ? [sharedOutcomes] : [])],
      providers: [
        ...providerOptions(endpoints, proxy),
        ...providerClasses,
        {
          provide: ProviderRegistry,
          useFactory: (...providers: OAuthProvider[]) => new ProviderRegistry(providers),
          inject: providerClasses,
        },
        AttemptRegistry,
        ...(sharedOutcomes ? [] : [{ provide: SharedOutcomes, useClass: OwnOutcomes }]),
        ProviderBreakers,
        UnlistedCodes,
        LocalTokenExchange,
        ...(oauthService === null ? [direct, AttemptDrain] : chain(oauthService)),
      ],
      exports: [
        TokenExchange,
        ProviderRegistry,
        ...(oauthService === null ? [] : [OAuthServiceStatus, ExchangeEvents]),
      ],
    };
  }
}

const direct: Provider = { provide: TokenExchange, useExisting: LocalTokenExchange };

function chain(oauthService: OAuthServiceClientOptions): Provider[] {
  return [
    { provide: OAuthServiceClientOptions, useValue: oauthService },
    OAuthServiceClient,
    ServiceProof,
    ProvenService,
    RemoteTokenExchange,
    ExchangeEvents,
    OAuthServiceBreaker,
    OAuthServiceRecovery,
    OAuthServiceStatus,
    OAuthMetrics,
    { provide: TokenExchange, useClass: ChainedTokenExchange },
  ];
}
