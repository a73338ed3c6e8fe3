import { Module, type DynamicModule } from '@nestjs/common';
import { OAuthServiceController } from './oauth-service.controller.js';
import { OAuthServiceOptions } from './oauth-service-options.js';
import { ServiceTokenGuard } from './service-token.guard.js';

@Module({})
export class OAuthServiceModule {
  static forRoot(options: OAuthServiceOptions): DynamicModule {
    return {
      module: OAuthServiceModule,
      controllers: [OAuthServiceController],
      providers: [{ provide: OAuthServiceOptions, useValue: options }, ServiceTokenGuard],
    };
  }
}
