import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import type { Page, PageRequest } from '../../database/index.js';
import { Answers, Fails, Summary, pageQuery, viewPage } from '../../openapi/index.js';
import { Audited } from './audited.decorator.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { tenantInput, tenantPatch, type TenantInput, type TenantPatch } from './identity-input.js';
import {
  createdTenantView,
  tenantPageView,
  tenantView,
  viewCreatedTenant,
  viewTenant,
  type CreatedTenantView,
  type TenantView,
} from './identity-views.js';
import { OperatorOnly } from '../admission/required-right.decorator.js';
import { Tenants } from '../holders/tenants.js';

/** Tenants, for the operator. */
@Controller('api/tenants')
@UseGuards(ApiKeyGuard)
@OperatorOnly()
export class TenantsController {
  constructor(private readonly tenants: Tenants) {}

  /** 201 with the tenant's first API key, shown once. */
  @Post()
  @Summary('Create a tenant', "For the operator. Its answer shows the tenant's first API key, this once.")
  @Audited('tenant.created', ({ id }: CreatedTenantView) => id)
  @Answers({ 201: createdTenantView })
  @Fails('CONFLICT')
  async create(@Body({ schema: tenantInput }) { name }: TenantInput): Promise<CreatedTenantView> {
    return viewCreatedTenant(await this.tenants.create(name));
  }

  @Get()
  @Summary('List tenants', 'For the operator: a page in the order of creation.')
  @Answers({ 200: tenantPageView })
  async list(@Query({ schema: pageQuery }) query: PageRequest): Promise<Page<TenantView>> {
    return viewPage(await this.tenants.list(query), viewTenant);
  }

  @Get(':id')
  @Summary('Get a tenant', 'For the operator.')
  @Answers({ 200: tenantView })
  async get(@Param('id') id: string): Promise<TenantView> {
    return viewTenant(await this.tenants.get(id));
  }

  @Patch(':id')
  @Summary(
    'Change a tenant',
    'For the operator. `suspended`: meanwhile, all that acts for it is refused within a second; its grants are kept alive. `policy`: what may leave its mailboxes, as a whole; null for the defaults.',
  )
  @Audited('tenant.updated', ({ id }: TenantView) => id)
  @Answers({ 200: tenantView })
  async update(
    @Param('id') id: string,
    @Body({ schema: tenantPatch }) { suspended, policy }: TenantPatch,
  ): Promise<TenantView> {
    if (policy !== undefined) await this.tenants.setPolicy(id, policy);
    if (suspended !== undefined) await this.tenants.setSuspended(id, suspended);
    return viewTenant(await this.tenants.get(id));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Summary(
    'Delete a tenant and everything of it',
    'For the operator. Without its data key no copy of its tokens can be read any more.',
  )
  @Audited('tenant.deleted', (_answer, { id }) => id)
  @Answers({ 204: 'Deleted' })
  @Fails('CONFLICT')
  async delete(@Param('id') id: string): Promise<void> {
    await this.tenants.delete(id);
  }
}
