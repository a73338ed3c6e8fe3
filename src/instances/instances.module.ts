import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokenController } from './access-token.controller.js';
import { AuthorizationRedirect } from './authorization-redirect.js';
import { CodeRedemption } from './code-redemption.js';
import { ConnectTickets } from './connect-tickets.js';
import { ConnectController } from './connect.controller.js';
import { Consent } from './consent.js';
import { CredentialAdoption } from './credential-adoption.js';
import { Disconnection } from './disconnection.js';
import { EventsController } from './events/events.controller.js';
import { HistoryController } from './events/history.controller.js';
import { InstanceHistory } from './events/instance-history.js';
import { KnownInstances } from './known-instances.js';
import { LiveChanges } from './events/live-changes.js';
import { InstanceConnector } from './instance-connector.js';
import { InstanceTokensController } from './instance-tokens.controller.js';
import { InstanceUpdate } from './instance-update.js';
import { InstancesController } from './instances.controller.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './instances.js';
import { McpInstance } from './mcp-instance.entity.js';
import { McpTokensController } from './mcp-tokens.controller.js';
import { OAuthFlow } from './oauth-flow.entity.js';
import { OAuthFlows } from './oauth-flows.js';
import { WiderGrants } from './wider-grants.js';

/** Instances, the consent that connects them, and their REST API. */
@Module({})
export class InstancesModule {
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
        AuthorizationRedirect,
        CodeRedemption,
        ConnectTickets,
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
        WiderGrants,
      ],
      exports: [ConnectTickets, KnownInstances],
    };
  }
}
