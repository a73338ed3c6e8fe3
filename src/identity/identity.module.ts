import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiCallers } from './api-callers.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.js';
import { CallerRateLimit } from './caller-rate-limit.js';
import { ConsoleLogins } from './console-logins.js';
import { ConsoleSession } from './console-session.entity.js';
import { ConsoleSessions } from './console-sessions.js';
import { IdentityOptions } from './identity-options.js';
import { LastUse } from './last-use.js';
import { LoginAttempts } from './login-attempts.js';
import { McpToken } from './mcp-token.entity.js';
import { McpTokens } from './mcp-tokens.js';
import { SessionController } from './session.controller.js';
import { Tenant } from './tenant.entity.js';
import { TenantsController } from './tenants.controller.js';
import { Tenants } from './tenants.js';
import { VerifiedCallers } from './verified-callers.js';

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
        LastUse,
        LoginAttempts,
        McpTokens,
        Tenants,
        VerifiedCallers,
      ],
      // What ApiKeyGuard asks, wherever it stands, and what other modules use.
      exports: [ApiCallers, CallerRateLimit, McpTokens, Tenants],
    };
  }
}
