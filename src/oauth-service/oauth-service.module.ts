import { Module, type DynamicModule } from '@nestjs/common';
import { DrainingGuard } from './draining.guard.js';
import { OAuthServiceController } from './oauth-service.controller.js';
import { OAuthServiceOptions } from './oauth-service-options.js';
import { ServiceTokenGuard } from './service-token.guard.js';
import { TokenController } from './token.controller.js';

@Module({})
export class OAuthServiceModule {
  static forRoot(options: OAuthServiceOptions): DynamicModule {
    return {
      module: OAuthServiceModule,
      controllers: [OAuthServiceController, TokenController],
      providers: [{ provide: OAuthServiceOptions, useValue: options }, ServiceTokenGuard, DrainingGuard],
    };
  }
}
