import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import type { Page } from '../database/index.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { pageQuery, tenantInput, type PageQuery, type TenantInput } from './identity-input.js';
import {
  viewCreatedTenant,
  viewPage,
  viewTenant,
  type CreatedTenantView,
  type TenantView,
} from './identity-views.js';
import { OperatorOnly } from './required-right.decorator.js';
import { Tenants } from './tenants.js';

/** Tenants, for the operator. */
@Controller('api/tenants')
@UseGuards(ApiKeyGuard)
@OperatorOnly()
export class TenantsController {
  constructor(private readonly tenants: Tenants) {}

  /** 201 with the tenant's first API key, shown once. */
  @Post()
  @Header('cache-control', 'no-store')
  async create(@Body({ schema: tenantInput }) { name }: TenantInput): Promise<CreatedTenantView> {
    return viewCreatedTenant(await this.tenants.create(name));
  }

  @Get()
  async list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<TenantView>> {
    return viewPage(await this.tenants.list(query), viewTenant);
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<TenantView> {
    return viewTenant(await this.tenants.get(id));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  async delete(@Param('id') id: string): Promise<void> {
    await this.tenants.delete(id);
  }
}
