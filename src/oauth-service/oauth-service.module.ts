import { Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DrainingGuard } from './draining.guard.js';
import { HelloController } from './hello.controller.js';
import { OAuthServiceController } from './oauth-service.controller.js';
import { OAuthServiceOptions } from './oauth-service-options.js';
import { ServiceTokenGuard } from './service-token.guard.js';
import { TokenController } from './token.controller.js';

@Module({})
export class OAuthServiceModule implements NestModule {
  static forRoot(options: OAuthServiceOptions): DynamicModule {
    return {
      module: OAuthServiceModule,
      controllers: [HelloController, OAuthServiceController, TokenController],
      providers: [{ provide: OAuthServiceOptions, useValue: options }, ServiceTokenGuard, DrainingGuard],
    };
  }

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly guard: ServiceTokenGuard,
  ) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    this.guard.standBefore(this.adapterHost.httpAdapter.getInstance<FastifyInstance>());
  }
}
