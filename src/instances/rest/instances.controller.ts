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
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  AdmitsConnectSessions,
  ApiKeyGuard,
  Audited,
  Principal,
  RequireRight,
  type ApiPrincipal,
} from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { OAuthFlows } from '../flows/oauth-flows.js';
import { requiredAccount } from '../connection/required-account.js';
import { Disconnection } from '../connection/disconnection.js';
import type { Instance } from '../directory/instance.js';
import { ConnectSessionViews } from './connect-session-view.js';
import {
  broughtClient,
  deletionInput,
  instanceListInput,
  instancePatch,
  newInstanceInput,
  startOAuthInput,
  type DeletionInput,
  type InstanceListInput,
  type NewInstanceInput,
  type StartOAuthInput,
} from './instance-input.js';
import { InstanceUpdate, type InstancePatch } from '../directory/instance-update.js';
import { InstancesOptions } from '../instances-options.js';
import { Instances } from '../directory/instances.js';
import {
  createdInstanceView,
  existingInstanceView,
  instancePageView,
  instanceView,
  viewInstance,
  type InstanceView,
} from './instance-view.js';

const connectLinkView = z.object({ authorizationUrl: z.string(), expiresAt: z.date() }).meta({
  id: 'ConnectLink',
  description: 'A link to our own connect page; opening it spends nothing, its button serves in one browser',
});

/** Instances for frontends. */
@Controller('api/instances')
@UseGuards(ApiKeyGuard)
export class InstancesController {
  constructor(
    private readonly instances: Instances,
    private readonly flows: OAuthFlows,
    private readonly updates: InstanceUpdate,
    private readonly disconnection: Disconnection,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** 201 with the MCP token, shown once; 200 without it when the `externalId` is known already. */
  @Post()
  @RequireRight('instances:write')
  @Summary(
    'Create an instance',
    'An instance is one MCP endpoint for one mailbox. 201 with its `mcpToken`, shown once. A repeated `externalId` answers 200 with the instance that has it, unchanged and without a token.',
  )
  @Audited('instance.created', ({ id, mcpToken }: { id: string; mcpToken?: string }) =>
    mcpToken === undefined ? null : id,
  )
  @Answers({ 200: existingInstanceView, 201: createdInstanceView })
  @Fails('CONFLICT')
  async create(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: newInstanceInput }) input: NewInstanceInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof existingInstanceView | typeof createdInstanceView>> {
    const client = broughtClient(input) ?? undefined;
    const { instance, mcpToken } = await this.instances.create(tenantId, { ...input, client });
    reply.status(mcpToken === null ? HttpStatus.OK : HttpStatus.CREATED);
    return { ...this.view(instance), ...(mcpToken === null ? {} : { mcpToken }) };
  }

  @Get()
  @RequireRight('instances:read')
  @Summary(
    'List instances',
    'A page in the order of creation, which later changes do not disturb. Filters narrow it together.',
  )
  @Answers({ 200: instancePageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: instanceListInput }) filter: InstanceListInput,
  ): Promise<z.output<typeof instancePageView>> {
    const { items, nextCursor } = await this.instances.list(tenantId, filter);
    return { items: items.map((instance) => this.view(instance)), nextCursor };
  }

  @Get(':id')
  @RequireRight('instances:read')
  @AdmitsConnectSessions()
  @UseInterceptors(ConnectSessionViews)
  @Summary(
    'Get an instance',
    'What a frontend shows of it, and never a token. `oauthStatus` tells of the consent; whether a person has to sign in is `requiresReauth`, and why `reauthReason`. A connect session is answered with `ConnectInstance`, some of the same fields.',
  )
  @Answers({ 200: instanceView })
  async get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<InstanceView> {
    return this.view(await this.instances.get(tenantId, id));
  }

  /** What is not named stays. The grant is left alone: fewer scopes count at once, more of them and a client from the next consent on. */
  @Patch(':id')
  @RequireRight('instances:write')
  @Audited('instance.updated', (_answer, { id }) => id)
  @Summary(
    'Change an instance',
    'What is not named stays. The grant is left alone: fewer scopes count at once, more of them and another client from the next consent on.',
  )
  @Answers({ 200: instanceView })
  async update(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: instancePatch }) patch: InstancePatch,
  ): Promise<InstanceView> {
    await this.updates.update(await this.instances.get(tenantId, id), patch);
    return this.view(await this.instances.get(tenantId, id));
  }

  /**
   * Disconnects at once. A grant that no other instance uses is revoked at the provider soon after, unless it was
   * adopted: then the program that it came from may still live on it.
   */
  @Delete(':id')
  @RequireRight('instances:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Audited('instance.deleted', (_answer, { id }) => id)
  @Summary(
    'Disconnect and delete an instance',
    'Disconnects at once. When no other instance uses its grant, the tokens are destroyed, and a grant by consent is revoked at Google soon after. An adopted grant is not, unless `revoke=true` says so: the program that it came from may still use it. A grant of an account that is not known is never revoked.',
  )
  @Answers({ 204: 'Deleted' })
  async delete(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: deletionInput }) { revoke }: DeletionInput,
  ): Promise<void> {
    const instance = await this.instances.get(tenantId, id);
    await this.disconnection.disconnect(tenantId, instance.id, { revoke: revoke ?? 'unless-adopted' });
  }

  /** A link to our own connect page, whose button is to be pressed within 10 minutes. */
  @Post(':id/start-oauth')
  @RequireRight('instances:write')
  @AdmitsConnectSessions()
  @HttpCode(HttpStatus.OK)
  @Audited('connect_link.issued', (_answer, { id }) => id)
  @Summary(
    "Get a link for the mailbox's owner",
    "A link to our own page, for the browser of the mailbox's owner. It is good for ten minutes; opening it spends nothing, its button begins the consent.",
  )
  @Answers({ 200: connectLinkView })
  async startOAuth(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: startOAuthInput }) { returnTo, requireHintedAccount }: StartOAuthInput,
  ): Promise<z.output<typeof connectLinkView>> {
    const instance = await this.instances.get(tenantId, id);
    return this.flows.issue(instance, {
      returnTo,
      requiredAccount: requireHintedAccount ? requiredAccount(instance) : undefined,
    });
  }

  private view(instance: Instance): InstanceView {
    return viewInstance(instance, this.options);
  }
}
