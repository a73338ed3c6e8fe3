import { Body, Controller, Get, Put, UseGuards } from '@nestjs/common';
import { Answers, Summary } from '../../openapi/index.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { Principal } from '../admission/principal.decorator.js';
import { RequireRight } from '../admission/required-right.decorator.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { Tenants } from '../holders/tenants.js';
import { tenantPolicy, tenantPolicyView, type TenantPolicy } from '../policies/outbound-policy.js';
import { Audited } from './audited.decorator.js';

/** What may leave the mailboxes of the caller's tenant. */
@Controller('api/policy')
@UseGuards(ApiKeyGuard)
export class PolicyController {
  constructor(private readonly tenants: Tenants) {}

  @Get()
  @RequireRight('instances:read')
  @Summary(
    "Get the tenant's policy",
    'What may leave its mailboxes, unless an instance says otherwise. Fields that are not there are as the defaults say.',
  )
  @Answers({ 200: tenantPolicyView })
  async get(@Principal() { tenantId }: ApiPrincipal): Promise<TenantPolicy> {
    const { policy } = await this.tenants.get(tenantId);
    return tenantPolicyView.parse(policy ?? {});
  }

  @Put()
  @RequireRight('policy:write')
  @Audited('tenant.updated', (_answer, _parameters, { tenantId }) => tenantId)
  @Summary(
    "Replace the tenant's policy",
    'The whole of it; `{}` for the defaults. Needs the right `policy:write`, which no key has unless it was given it.',
  )
  @Answers({ 200: tenantPolicyView })
  async replace(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: tenantPolicy }) policy: TenantPolicy,
  ): Promise<TenantPolicy> {
    const stored = await this.tenants.setPolicy(tenantId, policy);
    return tenantPolicyView.parse(stored.policy ?? {});
  }
}
