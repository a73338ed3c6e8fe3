import { Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyInstance } from 'fastify';
import { ApiCallers } from './admission/api-callers.js';
import { ApiKey } from './holders/api-key.entity.js';
import { ApiKeysController } from './rest/api-keys.controller.js';
import { ApiKeys } from './holders/api-keys.js';
import { AuditController } from './rest/audit.controller.js';
import { CallerAuthentication } from './admission/caller-authentication.js';
import { CallerRateLimit } from './admission/caller-rate-limit.js';
import { ConnectSession } from './connect-sessions/connect-session.entity.js';
import { ConnectSessions } from './connect-sessions/connect-sessions.js';
import { ConsoleLogins } from './admission/console-logins.js';
import { ConsoleSession } from './console/console-session.entity.js';
import { ConsoleSessions } from './console/console-sessions.js';
import { ExpiringCallers } from './expiry/expiring-callers.js';
import { ExternalPersonTokens } from './person-access/external-person-tokens.js';
import { IdentityOptions } from './identity-options.js';
import { LastUse } from './holders/last-use.js';
import { LoginAttempts } from './admission/login-attempts.js';
import { McpToken } from './holders/mcp-token.entity.js';
import { McpTokens } from './holders/mcp-tokens.js';
import { PolicyController } from './rest/policy.controller.js';
import { OwnerCookie } from './owners/owner-cookie.js';
import { OwnerSession } from './owners/owner-session.entity.js';
import { OwnerSessions } from './owners/owner-sessions.js';
import { PeopleController } from './people-rest/people.controller.js';
import { People } from './people/people.js';
import { PersonAuthorization } from './people/person-authorization.entity.js';
import { PersonAuthorizations } from './people/person-authorizations.js';
import { PersonAuthorizationsController } from './people-rest/person-authorizations.controller.js';
import { AccountAccess } from './person-access/account-access.js';
import { PersonCookie } from './person-access/person-cookie.js';
import { PersonMailbox } from './people/person-mailbox.entity.js';
import { PersonMailboxes } from './people/person-mailboxes.js';
import { PersonRemoval } from './people-rest/person-removal.js';
import { PersonRow } from './people/person.entity.js';
import { PersonSession } from './person-access/person-session.entity.js';
import { PersonSessions } from './person-access/person-sessions.js';
import { PersonToken } from './person-access/person-token.entity.js';
import { PersonTokens } from './person-access/person-tokens.js';
import { PersonWidening } from './person-access/person-widening.entity.js';
import { PersonWidenings } from './person-access/person-widenings.js';
import { RefusalPace } from './admission/refusal-pace.js';
import { RememberedCallers } from './admission/remembered-callers.js';
import { SessionController } from './rest/session.controller.js';
import { SignedInBrowsers } from './person-access/signed-in-browsers.js';
import { SignInCode } from './console/sign-in-code.entity.js';
import { SignInCodes } from './console/sign-in-codes.js';
import { PresentedLogins } from './admission/presented-logins.js';
import { SignInAdmission } from './people/sign-in-admission.js';
import { Tenant } from './holders/tenant.entity.js';
import { TenantsController } from './rest/tenants.controller.js';
import { Tenants } from './holders/tenants.js';
import { ToldPeople } from './people-rest/told-people.js';
import { VerifiedCallers } from './holders/verified-callers.js';

const entities = [
  ...[ApiKey, ConnectSession, ConsoleSession, McpToken, OwnerSession, SignInCode, Tenant],
  ...[PersonRow, PersonMailbox, PersonAuthorization, PersonToken, PersonSession, PersonWidening],
];

/** Who is calling. */
@Module({})
export class IdentityModule implements NestModule {
  static forRoot(options: IdentityOptions): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      imports: [TypeOrmModule.forFeature(entities)],
      controllers: [
        TenantsController,
        ApiKeysController,
        AuditController,
        PeopleController,
        PersonAuthorizationsController,
        PolicyController,
        SessionController,
      ],
      providers: [
        { provide: IdentityOptions, useValue: options },
        AccountAccess,
        ApiCallers,
        ApiKeys,
        CallerAuthentication,
        CallerRateLimit,
        ConnectSessions,
        ConsoleLogins,
        ConsoleSessions,
        ExpiringCallers,
        ExternalPersonTokens,
        LastUse,
        LoginAttempts,
        McpTokens,
        OwnerCookie,
        OwnerSessions,
        People,
        PersonAuthorizations,
        PersonCookie,
        PersonMailboxes,
        PersonRemoval,
        PersonSessions,
        PersonTokens,
        PersonWidenings,
        PresentedLogins,
        RefusalPace,
        RememberedCallers,
        SignedInBrowsers,
        SignInAdmission,
        SignInCodes,
        Tenants,
        ToldPeople,
        VerifiedCallers,
      ],
      // What ApiKeyGuard asks, wherever it stands, and what other modules use.
      exports: [
        AccountAccess,
        ApiCallers,
        CallerAuthentication,
        CallerRateLimit,
        ConnectSessions,
        McpTokens,
        OwnerCookie,
        OwnerSessions,
        People,
        PersonAuthorizations,
        PersonCookie,
        PersonMailboxes,
        PersonSessions,
        PersonTokens,
        PersonWidenings,
        RefusalPace,
        RememberedCallers,
        SignedInBrowsers,
        Tenants,
      ],
    };
  }

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly authentication: CallerAuthentication,
  ) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    this.authentication.standBefore(this.adapterHost.httpAdapter.getInstance<FastifyInstance>());
  }
}
