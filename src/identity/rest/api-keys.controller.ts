import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import type { Page, PageRequest } from '../../database/index.js';
import { Answers, Summary, pageQuery, viewPage } from '../../openapi/index.js';
import { EvergrantError } from '../../errors/index.js';
import { Audited } from './audited.decorator.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { ApiKeys } from '../holders/api-keys.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { rightsBeyond } from '../holders/api-right.js';
import { apiKeyInput, type ApiKeyInput } from './identity-input.js';
import {
  apiKeyPageView,
  createdApiKeyView,
  viewApiKey,
  viewCreatedApiKey,
  type ApiKeyView,
  type CreatedApiKeyView,
} from './identity-views.js';
import { Principal } from '../admission/principal.decorator.js';
import { OperatorOnly } from '../admission/required-right.decorator.js';
import { Tenants } from '../holders/tenants.js';

/** API keys of a tenant, for the operator. To replace a key: make a new one, move over, delete the old one. */
@Controller('api/tenants/:id/api-keys')
@UseGuards(ApiKeyGuard)
@OperatorOnly()
export class ApiKeysController {
  constructor(
    private readonly tenants: Tenants,
    private readonly apiKeys: ApiKeys,
  ) {}

  /**
   * 201 with the key, shown once.
   * @throws EvergrantError `FORBIDDEN` for a right that the caller lacks itself, as a console session does
   */
  @Post()
  @Summary(
    'Create an API key',
    "Shown once. It may have fewer rights than its tenant's first one, and ends by itself unless told otherwise.",
  )
  @Audited('api_key.created', ({ id }: CreatedApiKeyView) => id)
  @Answers({ 201: createdApiKeyView })
  async create(
    @Principal() { rights }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: apiKeyInput }) input: ApiKeyInput,
  ): Promise<CreatedApiKeyView> {
    const [beyond] = rightsBeyond(rights, input.rights);
    if (beyond !== undefined)
      throw new EvergrantError('FORBIDDEN', {
        reason: 'right_not_held',
        message: `The caller has no ${beyond} itself, and so cannot give it to a key`,
      });
    const tenant = await this.tenants.get(id);
    return viewCreatedApiKey(await this.apiKeys.issue(tenant.id, input));
  }

  @Get()
  @Summary('List the API keys of a tenant', 'Each with how it begins and what it may do, never the key.')
  @Answers({ 200: apiKeyPageView })
  async list(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) query: PageRequest,
  ): Promise<Page<ApiKeyView>> {
    const tenant = await this.tenants.get(id);
    return viewPage(await this.apiKeys.list(tenant.id, query), viewApiKey);
  }

  @Delete(':keyId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Summary('Delete an API key', 'From then on it is answered 401, in every process within a second.')
  @Audited('api_key.deleted', (_answer, { keyId }) => keyId)
  @Answers({ 204: 'Deleted' })
  async delete(@Param('id') id: string, @Param('keyId') keyId: string): Promise<void> {
    const tenant = await this.tenants.get(id);
    await this.apiKeys.delete(tenant.id, keyId);
  }
}
