import { Module, type DynamicModule } from '@nestjs/common';
import { LocalTokenExchange } from './local-token-exchange.js';
import type { OAuthProvider } from './oauth-provider.js';
import {
  GoogleProviderOptions,
  ProviderRegistry,
  providerClasses,
  type GoogleEndpoints,
} from './providers/index.js';
import { TokenExchange } from './token-exchange.js';

interface OAuthModuleOptions {
  google: GoogleEndpoints;
}

/** Speaks OAuth for the whole application, hence global: one connection pool to each provider. */
@Module({})
export class OAuthModule {
  static forRoot(options: OAuthModuleOptions): DynamicModule {
    return {
      module: OAuthModule,
      global: true,
      providers: [
        { provide: GoogleProviderOptions, useValue: new GoogleProviderOptions(options.google) },
        ...providerClasses,
        {
          provide: ProviderRegistry,
          useFactory: (...providers: OAuthProvider[]) => new ProviderRegistry(providers),
          inject: providerClasses,
        },
        { provide: TokenExchange, useClass: LocalTokenExchange },
      ],
      exports: [TokenExchange, ProviderRegistry],
    };
  }
}
