import { Body, Controller, HttpCode, HttpStatus, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ForcedRefreshLimit, TokenBroker } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import { ApiKeyGuard, Audited, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { aboutInstance, aboutOfferedToken, chainFailures, credentialOf } from './about-instance.js';
import { CredentialAdoption } from '../connection/credential-adoption.js';
import {
  adoptionInput,
  broughtClient,
  refreshInput,
  type AdoptionInput,
  type RefreshInput,
} from './instance-input.js';
import { instanceView, viewInstance, type InstanceView } from './instance-view.js';
import { InstancesOptions } from '../instances-options.js';
import { Instances } from '../directory/instances.js';
import { refreshView, viewRefresh, type RefreshView } from './token-view.js';

/** Refreshes and adopts the tokens behind an instance. */
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
  @Audited('refresh_token.adopted', (_answer, { id }) => id)
  @Summary(
    'Adopt a refresh token obtained elsewhere',
    'Proves the token by refreshing it once, under the client that comes with it or that of the instance, and keeps what that brings. What is wrong with the offered token says nothing of the mailbox, so `requiresReauth` stays as it was.',
  )
  @Answers({ 200: instanceView })
  @Fails(...chainFailures, 'ACCOUNT_MISMATCH')
  async adopt(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: adoptionInput }) input: AdoptionInput,
  ): Promise<InstanceView> {
    const instance = await this.instances.get(tenantId, id);
    try {
      if (input.refreshToken === undefined) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
      await this.adoption.adopt(instance, input.refreshToken, broughtClient(input));
    } catch (error) {
      throw error instanceof EvergrantError ? aboutOfferedToken(error, instance) : error;
    }
    return viewInstance(await this.instances.get(tenantId, id), this.options);
  }

  /** Without `rejectedToken` the provider is asked in any case, which is rate-limited per credential. */
  @Post('refresh')
  @RequireRight('instances:write')
  @HttpCode(HttpStatus.OK)
  @Audited('access_token.refreshed', (_answer, { id }) => id)
  @Summary(
    'Refresh the access token',
    'Asks Google, whatever is held; with `rejectedToken` only if that one is still the newest. `stale: true` with an `errorCode` means: not refreshed, still valid.',
  )
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
