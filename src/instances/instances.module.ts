import { Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyInstance } from 'fastify';
import { MailboxDisconnection, OwnerSignIn } from '../identity/index.js';
import { AccessTokenFastPath } from './rest/access-token-fast-path.js';
import { AccessTokenController } from './rest/access-token.controller.js';
import { AuthorizationRedirect } from './consent/authorization-redirect.js';
import { CallbackController } from './browser/callback.controller.js';
import { CodeRedemption } from './consent/code-redemption.js';
import { ConnectedMailboxes } from './people/connected-mailboxes.js';
import { ConnectElement } from './browser/connect-element.js';
import { ConnectElementController } from './browser/connect-element.controller.js';
import { ConnectSessionsController } from './rest/connect-sessions.controller.js';
import { ConnectController } from './browser/connect.controller.js';
import { Consent } from './consent/consent.js';
import { ConsentEnds } from './consent/consent-ends.js';
import { ConsentingAccount } from './consent/consenting-account.js';
import { ConsentStates } from './flows/consent-states.js';
import { CredentialAdoption } from './connection/credential-adoption.js';
import { Disconnection } from './connection/disconnection.js';
import { EndingController } from './browser/ending.controller.js';
import { EventsController } from './rest/events.controller.js';
import { FiguresController } from './figures/figures.controller.js';
import { InstanceCensus } from './figures/instance-census.js';
import { PresentFigures } from './figures/present-figures.js';
import { QuotaUse } from './figures/quota-use.js';
import { FlowCookies } from './browser/flow-cookies.js';
import { FollowUp } from './consent/follow-up.js';
import { GrantAdmission } from './consent/grant-admission.js';
import { GrantPlacement } from './connection/grant-placement.js';
import { HeldAccounts } from './connection/held-accounts.js';
import { HistoryController } from './history/history.controller.js';
import { IdentifiedGrants } from './consent/identified-grants.js';
import { InstanceHistory } from './history/instance-history.js';
import { KnownInstances } from './directory/known-instances.js';
import { LiveChangeMetrics } from './events/live-change-metrics.js';
import { LiveChanges } from './events/live-changes.js';
import { InstanceConnector } from './connection/instance-connector.js';
import { InstanceTokensController } from './rest/instance-tokens.controller.js';
import { InstanceUpdate } from './directory/instance-update.js';
import { InstancesController } from './rest/instances.controller.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './directory/instances.js';
import { MailboxChangeRow } from './events/mailbox-change.entity.js';
import { MailboxChanges } from './events/mailbox-changes.js';
import { McpInstance } from './directory/mcp-instance.entity.js';
import { McpTokensController } from './rest/mcp-tokens.controller.js';
import { ScopeRefusals } from './scopes/scope-refusals.js';
import { MailboxConnectingController } from './browser/mailbox-connecting.controller.js';
import { MailboxEndingController } from './browser/mailbox-ending.controller.js';
import { MailboxesController } from './browser/mailboxes.controller.js';
import { MailboxForms } from './browser/mailbox-forms.js';
import { OAuthFlow } from './flows/oauth-flow.entity.js';
import { OAuthFlows } from './flows/oauth-flows.js';
import { OwnerAuthorization } from './owners/owner-authorization.js';
import { OwnerBrowsers } from './browser/owner-browsers.js';
import { OwnerIdentification } from './owners/owner-identification.js';
import { OwnerReturn } from './owners/owner-return.js';
import { OwnerSignInRow } from './owners/owner-sign-in.entity.js';
import { OwnerSignInStates } from './owners/owner-sign-in-states.js';
import { PersonBrowsers } from './browser/person-browsers.js';
import { PersonConnection } from './people/person-connection.js';
import { PersonEndings } from './people/person-endings.js';
import { PersonFollowUp } from './people/person-follow-up.js';
import { PersonGrants } from './people/person-grants.js';
import { PersonInstances } from './people/person-instances.js';
import { PersonRedirect } from './people/person-redirect.js';
import { PersonReturn } from './people/person-return.js';
import { PersonSignInRow } from './people/person-sign-in.entity.js';
import { PersonSignInStates } from './people/person-sign-in-states.js';
import { RecordedDisconnection } from './people/recorded-disconnection.js';
import { RefusedConsents } from './consent/refused-consents.js';
import { ClientMailboxes } from './setup/client-mailboxes.js';
import { SetupController } from './setup/setup.controller.js';
import { SetupInspection } from './setup/setup-inspection.js';
import { ToldFlows } from './flows/told-flows.js';
import { UnusedCredentials } from './connection/unused-credentials.js';
import { WiderGrants } from './connection/wider-grants.js';

/** Instances, the consent that connects them, and their REST API. */
@Module({})
export class InstancesModule implements NestModule {
  static forRoot(options: InstancesOptions): DynamicModule {
    return {
      module: InstancesModule,
      global: true,
      imports: [
        TypeOrmModule.forFeature([MailboxChangeRow, McpInstance, OAuthFlow, OwnerSignInRow, PersonSignInRow]),
      ],
      controllers: [
        InstancesController,
        AccessTokenController,
        InstanceTokensController,
        McpTokensController,
        HistoryController,
        EventsController,
        ConnectSessionsController,
        FiguresController,
        SetupController,
        ConnectController,
        ConnectElementController,
        CallbackController,
        EndingController,
        MailboxesController,
        MailboxConnectingController,
        MailboxEndingController,
      ],
      providers: [
        { provide: InstancesOptions, useValue: options },
        AccessTokenFastPath,
        AuthorizationRedirect,
        ClientMailboxes,
        CodeRedemption,
        ConnectedMailboxes,
        ConnectElement,
        Consent,
        ConsentEnds,
        ConsentingAccount,
        ConsentStates,
        CredentialAdoption,
        Disconnection,
        FlowCookies,
        FollowUp,
        GrantAdmission,
        GrantPlacement,
        HeldAccounts,
        IdentifiedGrants,
        InstanceCensus,
        InstanceConnector,
        InstanceHistory,
        Instances,
        InstanceUpdate,
        KnownInstances,
        LiveChangeMetrics,
        LiveChanges,
        MailboxChanges,
        MailboxForms,
        OAuthFlows,
        OwnerAuthorization,
        OwnerBrowsers,
        OwnerIdentification,
        OwnerReturn,
        { provide: OwnerSignIn, useExisting: OwnerBrowsers },
        OwnerSignInStates,
        PersonBrowsers,
        PersonConnection,
        PersonEndings,
        PersonFollowUp,
        PersonGrants,
        PersonInstances,
        PersonRedirect,
        PersonReturn,
        PersonSignInStates,
        PresentFigures,
        QuotaUse,
        RecordedDisconnection,
        { provide: MailboxDisconnection, useExisting: RecordedDisconnection },
        RefusedConsents,
        ScopeRefusals,
        SetupInspection,
        ToldFlows,
        UnusedCredentials,
        WiderGrants,
      ],
      exports: [
        ConnectedMailboxes,
        KnownInstances,
        MailboxChanges,
        MailboxDisconnection,
        OAuthFlows,
        OwnerSignIn,
        PersonBrowsers,
        ScopeRefusals,
      ],
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
