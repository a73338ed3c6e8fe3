import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Post,
  Put,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ForcedRefreshLimit, TokenBroker } from '../credentials/index.js';
import { EvergrantError } from '../errors/index.js';
import { ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../identity/index.js';
import { AccessFor, Answers, Fails, Summary } from '../openapi/index.js';
import { CredentialAdoption } from './credential-adoption.js';
import {
  accessTokenInput,
  adoptionInput,
  broughtClient,
  refreshInput,
  type AccessTokenInput,
  type AdoptionInput,
  type RefreshInput,
} from './instance-input.js';
import type { Instance } from './instance.js';
import { instanceView, viewInstance, type InstanceView } from './instance-view.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './instances.js';
import {
  accessTokenView,
  refreshView,
  viewAccessToken,
  viewRefresh,
  type AccessTokenView,
  type RefreshView,
} from './token-view.js';

/** What the chain towards Google may say, besides that it does not answer. */
const chainFailures = [
  'INVALID_REFRESH_TOKEN',
  'INVALID_CLIENT',
  'DEPLOYMENT_CLIENT_REJECTED',
  'INVALID_REQUEST',
  'INSUFFICIENT_SCOPE',
  'ADMIN_BLOCKED',
  'NETWORK_ERROR',
  'OAUTH_FLOW_REQUIRED',
] as const;

/** The tokens behind an instance. */
@Controller('api/instances/:id')
@UseGuards(ApiKeyGuard)
export class InstanceTokensController {
  constructor(
    private readonly instances: Instances,
    private readonly broker: TokenBroker,
    private readonly forcedRefreshLimit: ForcedRefreshLimit,
    private readonly adoption: CredentialAdoption,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** Adopts a refresh token obtained elsewhere; client credentials alone never yield a user's token. */
  @Put('credentials')
  @RequireRight('instances:write')
  @Summary('Adopt a refresh token obtained elsewhere')
  @Answers({ 200: instanceView })
  @Fails(...chainFailures, 'ACCOUNT_MISMATCH')
  async adopt(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: adoptionInput }) input: AdoptionInput,
  ): Promise<InstanceView> {
    const instance = await this.instances.get(tenantId, id);
    await aboutInstance(instance, () => {
      if (input.refreshToken === undefined) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
      return this.adoption.adopt(instance, input.refreshToken, broughtClient(input));
    });
    return viewInstance(await this.instances.get(tenantId, id), this.options);
  }

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

  /** Without `rejectedToken` the provider is asked in any case, which is rate-limited per credential. */
  @Post('refresh')
  @RequireRight('instances:write')
  @HttpCode(HttpStatus.OK)
  @Summary('Refresh the access token')
  @Answers({ 200: refreshView })
  @Fails(...chainFailures)
  async refresh(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: refreshInput }) { rejectedToken }: RefreshInput,
  ): Promise<RefreshView> {
    const instance = await this.instances.get(tenantId, id);
    return aboutInstance(instance, async () => {
      const credentialId = credentialOf(instance);
      if (rejectedToken === undefined) await this.forcedRefreshLimit.check(credentialId);
      const grant = await (rejectedToken === undefined
        ? this.broker.refresh(credentialId)
        : this.broker.accessToken(credentialId, { rejectedToken }));
      return viewRefresh(grant);
    });
  }
}

function credentialOf({ credentialId }: Instance): string {
  if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
  return credentialId;
}

/** Layers below know no instances; here their errors are said of the one that was asked about. */
async function aboutInstance<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EvergrantError ? error.about(instance.id) : error;
  }
}
