import { Controller, Get, Header, Post, UseFilters, UseGuards } from '@nestjs/common';
import { ErrorFilter, EvergrantError, oauthRendering } from '../errors/index.js';
import { ProviderRegistry, type ProviderName } from '../oauth/index.js';
import { ServiceTokenGuard } from './service-token.guard.js';

/** What the OAuth service tells beside tokens. */
@Controller()
@UseFilters(new ErrorFilter(oauthRendering))
@UseGuards(ServiceTokenGuard)
export class OAuthServiceController {
  constructor(private readonly providers: ProviderRegistry) {}

  @Get('providers')
  @Header('cache-control', 'no-store')
  list(): { providers: ProviderName[] } {
    return { providers: this.providers.names() };
  }

  /** Client credentials alone never yield a user's token: that takes the consent flow. */
  @Post('credentials/exchange')
  exchangeCredentials(): never {
    throw new EvergrantError('OAUTH_FLOW_REQUIRED');
  }
}
