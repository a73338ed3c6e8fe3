import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, Principal, type ApiPrincipal } from '../identity/index.js';
import { ConnectTickets } from './connect-tickets.js';
import { Disconnection } from './disconnection.js';
import type { Instance } from './instance.js';
import {
  broughtClient,
  instanceListInput,
  instancePatch,
  newInstanceInput,
  startOAuthInput,
  type InstanceListInput,
  type InstancePatch,
  type NewInstanceInput,
  type StartOAuthInput,
} from './instance-input.js';
import { InstanceUpdate } from './instance-update.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './instances.js';
import { instanceView, type InstanceView } from './instance-view.js';

/** Instances for frontends. */
@Controller('api/instances')
@UseGuards(ApiKeyGuard)
export class InstancesController {
  constructor(
    private readonly instances: Instances,
    private readonly tickets: ConnectTickets,
    private readonly updates: InstanceUpdate,
    private readonly disconnection: Disconnection,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** 201 with the MCP token, shown once; 200 without it when the `externalId` is known already. */
  @Post()
  async create(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: newInstanceInput }) input: NewInstanceInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstanceView & { mcpToken?: string }> {
    const client = broughtClient(input) ?? undefined;
    const { instance, mcpToken } = await this.instances.create(tenantId, { ...input, client });
    reply.header('cache-control', 'no-store').status(mcpToken === null ? HttpStatus.OK : HttpStatus.CREATED);
    return { ...this.view(instance), ...(mcpToken === null ? {} : { mcpToken }) };
  }

  @Get()
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: instanceListInput }) filter: InstanceListInput,
  ): Promise<{ items: InstanceView[]; nextCursor: string | null }> {
    const { items, nextCursor } = await this.instances.list(tenantId, filter);
    return { items: items.map((instance) => this.view(instance)), nextCursor };
  }

  @Get(':id')
  async get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<InstanceView> {
    return this.view(await this.instances.get(tenantId, id));
  }

  /** What is not named stays. The grant is left alone; scopes and client count from the next consent on. */
  @Patch(':id')
  async update(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: instancePatch }) patch: InstancePatch,
  ): Promise<InstanceView> {
    await this.updates.update(await this.instances.get(tenantId, id), patch);
    return this.view(await this.instances.get(tenantId, id));
  }

  /** Disconnects at once; a grant that nobody else uses is revoked at the provider soon after. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  async delete(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<void> {
    const instance = await this.instances.get(tenantId, id);
    await this.disconnection.disconnect(tenantId, instance.id);
  }

  /** A link to our own connect page; it leads to the provider once, within 10 minutes. */
  @Post(':id/start-oauth')
  async startOAuth(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: startOAuthInput }) input: StartOAuthInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ authorizationUrl: string; expiresAt: Date }> {
    reply.header('cache-control', 'no-store').status(HttpStatus.OK);
    return this.tickets.issue(await this.instances.get(tenantId, id), input);
  }

  private view(instance: Instance): InstanceView {
    return instanceView(instance, this.options);
  }
}
