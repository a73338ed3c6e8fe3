import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiCallers } from './admission/api-callers.js';
import { ApiKey } from './holders/api-key.entity.js';
import { ApiKeysController } from './rest/api-keys.controller.js';
import { ApiKeys } from './holders/api-keys.js';
import { CallerRateLimit } from './admission/caller-rate-limit.js';
import { ConsoleLogins } from './admission/console-logins.js';
import { ConsoleSession } from './holders/console-session.entity.js';
import { ConsoleSessions } from './holders/console-sessions.js';
import { ExpiringCallers } from './expiry/expiring-callers.js';
import { IdentityOptions } from './identity-options.js';
import { LastUse } from './holders/last-use.js';
import { LoginAttempts } from './admission/login-attempts.js';
import { McpToken } from './holders/mcp-token.entity.js';
import { McpTokens } from './holders/mcp-tokens.js';
import { RememberedCallers } from './admission/remembered-callers.js';
import { SessionController } from './rest/session.controller.js';
import { Tenant } from './holders/tenant.entity.js';
import { TenantsController } from './rest/tenants.controller.js';
import { Tenants } from './holders/tenants.js';
import { VerifiedCallers } from './holders/verified-callers.js';

/** Who is calling. */
@Module({})
export class IdentityModule {
  static forRoot(options: IdentityOptions): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      imports: [TypeOrmModule.forFeature([ApiKey, ConsoleSession, McpToken, Tenant])],
      controllers: [TenantsController, ApiKeysController, SessionController],
      providers: [
        { provide: IdentityOptions, useValue: options },
        ApiCallers,
        ApiKeys,
        CallerRateLimit,
        ConsoleLogins,
        ConsoleSessions,
        ExpiringCallers,
        LastUse,
        LoginAttempts,
        McpTokens,
        RememberedCallers,
        Tenants,
        VerifiedCallers,
      ],
      // What ApiKeyGuard asks, wherever it stands, and what other modules use.
      exports: [ApiCallers, CallerRateLimit, McpTokens, RememberedCallers, Tenants],
    };
  }
}
