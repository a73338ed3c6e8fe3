import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyGuard } from './api-key.guard.js';
import { IdentityOptions } from './identity-options.js';
import { McpToken } from './mcp-token.entity.js';
import { McpTokens } from './mcp-tokens.js';
import { Tenant } from './tenant.entity.js';
import { Tenants } from './tenants.js';

/** Who is calling. */
@Module({})
export class IdentityModule {
  static forRoot(options: IdentityOptions): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      imports: [TypeOrmModule.forFeature([McpToken, Tenant])],
      providers: [{ provide: IdentityOptions, useValue: options }, ApiKeyGuard, McpTokens, Tenants],
      exports: [ApiKeyGuard, IdentityOptions, McpTokens, Tenants],
    };
  }
}
