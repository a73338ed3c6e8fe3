import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { aboutInstance, chainFailures, credentialOf } from './about-instance.js';
import { accessTokenInput, type AccessTokenInput } from './instance-input.js';
import { KnownInstances } from '../directory/known-instances.js';
import { accessTokenView, viewAccessToken, type AccessTokenView } from './token-view.js';

/** Hands out the access token behind an instance, as a rule without asking the database anything. */
@Controller('api/instances/:id')
@UseGuards(ApiKeyGuard)
export class AccessTokenController {
  constructor(
    private readonly instances: KnownInstances,
    private readonly broker: TokenBroker,
  ) {}

  @Get('access-token')
  @RequireRight('access-tokens:read')
  @Summary('Get an access token')
  @AccessFor('key')
  @Answers({ 200: accessTokenView })
  @Fails(...chainFailures)
  async accessToken(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: accessTokenInput }) { minTtlSeconds }: AccessTokenInput,
  ): Promise<AccessTokenView> {
    const instance = await this.instances.get(tenantId, id);
    return aboutInstance(instance, async () =>
      viewAccessToken(await this.broker.accessToken(credentialOf(instance), { minTtlSeconds })),
    );
  }
}
