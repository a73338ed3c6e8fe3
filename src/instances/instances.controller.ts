import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiKeyGuard, Principal, type ApiPrincipal } from '../identity/index.js';
import { Answers, Fails, Summary } from '../openapi/index.js';
import { ConnectTickets } from './connect-tickets.js';
import type { Instance } from './instance.js';
import {
  broughtClient,
  instanceListInput,
  newInstanceInput,
  startOAuthInput,
  type InstanceListInput,
  type NewInstanceInput,
  type StartOAuthInput,
} from './instance-input.js';
import { InstancesOptions } from './instances-options.js';
import { Instances } from './instances.js';
import {
  createdInstanceView,
  instancePageView,
  instanceView,
  viewInstance,
  type InstanceView,
} from './instance-view.js';

const connectLinkView = z
  .object({ authorizationUrl: z.string(), expiresAt: z.date() })
  .meta({ id: 'ConnectLink', description: 'A link to our own connect page, which serves once' });

/** Instances for frontends. */
@Controller('api/instances')
@UseGuards(ApiKeyGuard)
export class InstancesController {
  constructor(
    private readonly instances: Instances,
    private readonly tickets: ConnectTickets,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** 201 with the MCP token, shown once; 200 without it when the `externalId` is known already. */
  @Post()
  @Summary('Create an instance')
  @Answers({ 200: instanceView, 201: createdInstanceView })
  @Fails('CONFLICT')
  async create(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: newInstanceInput }) input: NewInstanceInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InstanceView | z.output<typeof createdInstanceView>> {
    const client = broughtClient(input) ?? undefined;
    const { instance, mcpToken } = await this.instances.create(tenantId, { ...input, client });
    reply.status(mcpToken === null ? HttpStatus.OK : HttpStatus.CREATED);
    return { ...this.view(instance), ...(mcpToken === null ? {} : { mcpToken }) };
  }

  @Get()
  @Summary('List instances')
  @Answers({ 200: instancePageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: instanceListInput }) filter: InstanceListInput,
  ): Promise<z.output<typeof instancePageView>> {
    const { items, nextCursor } = await this.instances.list(tenantId, filter);
    return { items: items.map((instance) => this.view(instance)), nextCursor };
  }

  @Get(':id')
  @Summary('Get an instance')
  @Answers({ 200: instanceView })
  async get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<InstanceView> {
    return this.view(await this.instances.get(tenantId, id));
  }

  /** A link to our own connect page; it leads to the provider once, within 10 minutes. */
  @Post(':id/start-oauth')
  @HttpCode(HttpStatus.OK)
  @Summary("Get a link for the mailbox's owner")
  @Answers({ 200: connectLinkView })
  async startOAuth(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: startOAuthInput }) input: StartOAuthInput,
  ): Promise<z.output<typeof connectLinkView>> {
    return this.tickets.issue(await this.instances.get(tenantId, id), input);
  }

  private view(instance: Instance): InstanceView {
    return viewInstance(instance, this.options);
  }
}
