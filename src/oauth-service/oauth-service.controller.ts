import { Controller, Get, Post, UseGuards } from '@nestjs/common';
import { EvergrantError } from '../errors/index.js';
import { ProviderRegistry, type ProviderName } from '../oauth/index.js';
import { ServiceTokenGuard } from './service-token.guard.js';

/** The OAuth service's HTTP face. */
@Controller()
@UseGuards(ServiceTokenGuard)
export class OAuthServiceController {
  constructor(private readonly providers: ProviderRegistry) {}

  @Get('providers')
  list(): { providers: ProviderName[] } {
    return { providers: this.providers.names() };
  }

  /** Client credentials alone never yield a user's token: that takes the consent flow. */
  @Post('credentials/exchange')
  exchangeCredentials(): never {
    throw new EvergrantError('OAUTH_FLOW_REQUIRED');
  }
}
