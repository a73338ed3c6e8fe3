import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { IssuedAccessTokens } from '../../audit/index.js';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import { actorOf, ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { aboutInstance, chainFailures, credentialOf } from './about-instance.js';
import { accessTokenInput, type AccessTokenInput } from './instance-input.js';
import { KnownInstances } from '../directory/known-instances.js';
import { ScopeRefusals, type ScopeRefusal } from '../scopes/scope-refusals.js';
import { tokenHandout } from '../scopes/token-handout.js';
import { accessTokenView, viewAccessToken, type AccessTokenView } from './token-view.js';

/** Hands out the access token behind an instance, as a rule without asking the database anything. */
@Controller('api/instances/:id')
@UseGuards(ApiKeyGuard)
export class AccessTokenController {
  constructor(
    private readonly instances: KnownInstances,
    private readonly broker: TokenBroker,
    private readonly refusals: ScopeRefusals,
    private readonly issued: IssuedAccessTokens,
  ) {}

  @Get('access-token')
  @RequireRight('access-tokens:read')
  @Summary(
    'Get an access token',
    'For programs that call Google themselves. Refreshed first where it has less life left than asked for. `source` tells where it came from; `stale: true` that a refresh was due and failed, while the token is still valid.',
  )
  @AccessFor('key')
  @Answers({ 200: accessTokenView })
  @Fails(...chainFailures)
  async accessToken(
    @Principal() principal: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: accessTokenInput }) { minTtlSeconds, allowWider }: AccessTokenInput,
  ): Promise<AccessTokenView> {
    const { tenantId, rights } = principal;
    const instance = await this.instances.get(tenantId, id);
    return aboutInstance(instance, async () => {
      const grant = await this.broker.accessToken(credentialOf(instance), { minTtlSeconds });
      const brought = { named: allowWider, permitted: rights.has('access-tokens:wider') };
      const handout = tokenHandout(instance.scopes, grant.scopes, brought);
      if (handout.do === 'refuse') throw this.refusal(handout.wider);
      this.issued.count(actorOf(principal), instance.id);
      return viewAccessToken(grant);
    });
  }

  /** Not `INSUFFICIENT_SCOPE`: such a token may lack nothing, and no consent would change it. */
  private refusal(wider: readonly string[]): EvergrantError {
    const reason: ScopeRefusal = 'wider_than_asked';
    this.refusals.count(reason);
    return new EvergrantError('FORBIDDEN', {
      reason,
      message:
        `This token opens more than the instance asks for (${wider.join(', ')}): it is handed out for ` +
        'allowWider=true to a key with the right access-tokens:wider',
    });
  }
}
