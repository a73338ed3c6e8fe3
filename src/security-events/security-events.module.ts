import { Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyInstance } from 'fastify';
import { ReceivedEvents } from './received-events.js';
import { ReceivedSecurityEvent } from './received-security-event.entity.js';
import { SecurityEventEffects } from './security-event-effects.js';
import { SecurityEventMetrics } from './security-event-metrics.js';
import { SecurityEventReceiver } from './security-event-receiver.js';
import { SecurityEventsController } from './security-events.controller.js';
import { SecurityEventsOptions } from './security-events-options.js';
import { GoogleSigningKeys } from './token/google-signing-keys.js';
import { SecurityEventTokens } from './token/security-event-tokens.js';

/** RFC 8935 section 2.2; and what a transmitter may call any JWT. */
const mediaTypes = ['application/secevent+jwt', 'application/jwt'];

/** What Google tells by itself of accounts (Cross-Account Protection). */
@Module({})
export class SecurityEventsModule implements NestModule {
  static forRoot(options: SecurityEventsOptions): DynamicModule {
    return {
      module: SecurityEventsModule,
      imports: [TypeOrmModule.forFeature([ReceivedSecurityEvent])],
      controllers: [SecurityEventsController],
      providers: [
        { provide: SecurityEventsOptions, useValue: options },
        GoogleSigningKeys,
        ReceivedEvents,
        SecurityEventEffects,
        SecurityEventMetrics,
        SecurityEventReceiver,
        SecurityEventTokens,
      ],
    };
  }

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(mediaTypes, { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
  }
}
