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
import {
  ApiKeyGuard,
  Audited,
  McpTokens,
  Principal,
  RequireRight,
  type ApiPrincipal,
} from '../../identity/index.js';
import { Answers, Summary, pageQuery, viewPage } from '../../openapi/index.js';
import { mcpTokenInput, type McpTokenInput } from './instance-input.js';
import { Instances } from '../directory/instances.js';
import {
  issuedMcpTokenView,
  mcpTokenPageView,
  viewIssuedMcpToken,
  viewMcpToken,
  type IssuedMcpTokenView,
  type McpTokenView,
} from './mcp-token-view.js';

/** MCP tokens of an instance. To replace one: make a new one, move the clients over, delete the old one. */
@Controller('api/instances/:id/mcp-tokens')
@UseGuards(ApiKeyGuard)
export class McpTokensController {
  constructor(
    private readonly instances: Instances,
    private readonly tokens: McpTokens,
  ) {}

  /** 201 with the token, shown once. */
  @Post()
  @Summary(
    'Create an MCP token',
    'Another token for the same endpoint, so that one can be replaced without a gap: make the new one, move the clients over, delete the old one. It may be given fewer rights than the instance has.',
  )
  @Audited('mcp_token.created', ({ id }: IssuedMcpTokenView) => id)
  @Answers({ 201: issuedMcpTokenView })
  @RequireRight('instances:write')
  async create(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: mcpTokenInput }) input: McpTokenInput,
  ): Promise<IssuedMcpTokenView> {
    const { id: instanceId } = await this.instances.get(tenantId, id);
    return viewIssuedMcpToken(await this.tokens.add({ tenantId, instanceId }, input));
  }

  @Get()
  @Summary('List the MCP tokens of an instance', 'Each with how it begins, never the token.')
  @Answers({ 200: mcpTokenPageView })
  @RequireRight('instances:read')
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: pageQuery }) query: PageRequest,
  ): Promise<Page<McpTokenView>> {
    const { id: instanceId } = await this.instances.get(tenantId, id);
    return viewPage(await this.tokens.list({ tenantId, instanceId }, query), viewMcpToken);
  }

  @Delete(':tokenId')
  @Summary('Delete an MCP token', 'From then on it is answered 401, in every process within a second.')
  @Audited('mcp_token.deleted', (_answer, { tokenId }) => tokenId)
  @Answers({ 204: 'Deleted' })
  @RequireRight('instances:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  async delete(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Param('tokenId') tokenId: string,
  ): Promise<void> {
    const { id: instanceId } = await this.instances.get(tenantId, id);
    await this.tokens.delete({ tenantId, instanceId }, tokenId);
  }
}
