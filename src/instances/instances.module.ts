import { Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyInstance } from 'fastify';
import { AccessTokenFastPath } from './rest/access-token-fast-path.js';
import { AccessTokenController } from './rest/access-token.controller.js';
import { AuthorizationRedirect } from './consent/authorization-redirect.js';
import { CodeRedemption } from './consent/code-redemption.js';
import { ConnectController } from './consent/connect.controller.js';
import { Consent } from './consent/consent.js';
import { CredentialAdoption } from './connection/credential-adoption.js';
import { Disconnection } from './connection/disconnection.js';
import { EventsController } from './rest/events.controller.js';
import { HistoryController } from './rest/history.controller.js';
import { InstanceHistory } from './events/instance-history.js';
import { KnownInstances } from './directory/known-instances.js';
import { LiveChanges } from './events/live-changes.js';
import { InstanceConnector } from './connection/instance-connector.js';
import { InstanceTokensController } from './rest/instance-tokens.controller.js';
import { InstanceUpdate } from './directory/instance-update.js';
import { InstancesController } from './rest/instances.controller.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './directory/instances.js';
import { McpInstance } from './directory/mcp-instance.entity.js';
import { McpTokensController } from './rest/mcp-tokens.controller.js';
import { OAuthFlow } from './consent/oauth-flow.entity.js';
import { OAuthFlows } from './consent/oauth-flows.js';
import { ScopeRefusals } from './scopes/scope-refusals.js';
import { UnusedCredentials } from './connection/unused-credentials.js';
import { WiderGrants } from './connection/wider-grants.js';

/** Instances, the consent that connects them, and their REST API. */
@Module({})
export class InstancesModule implements NestModule {
  static forRoot(options: InstancesOptions): DynamicModule {
    return {
      module: InstancesModule,
      global: true,
      imports: [TypeOrmModule.forFeature([McpInstance, OAuthFlow])],
      controllers: [
        InstancesController,
        AccessTokenController,
        InstanceTokensController,
        McpTokensController,
        HistoryController,
        EventsController,
        ConnectController,
      ],
      providers: [
        { provide: InstancesOptions, useValue: options },
        AccessTokenFastPath,
        AuthorizationRedirect,
        CodeRedemption,
        Consent,
        CredentialAdoption,
        Disconnection,
        InstanceConnector,
        InstanceHistory,
        Instances,
        InstanceUpdate,
        KnownInstances,
        LiveChanges,
        OAuthFlows,
        ScopeRefusals,
        UnusedCredentials,
        WiderGrants,
      ],
      exports: [KnownInstances, OAuthFlows, ScopeRefusals],
    };
  }

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly fastPath: AccessTokenFastPath,
  ) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    this.fastPath.standBefore(this.adapterHost.httpAdapter.getInstance<FastifyInstance>());
  }
}
