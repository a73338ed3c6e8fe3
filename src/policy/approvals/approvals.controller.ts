import { Body, Controller, Get, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sourceOf } from '../../audit/index.js';
import type { Page } from '../../database/index.js';
import { actorOf, ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, pageInput, Summary, viewPage } from '../../openapi/index.js';
import { decisionOf } from './approval-decision.js';
import {
  approvalPageView,
  approvalStatuses,
  approvalView,
  viewApproval,
  viewApprovalEntry,
  type ApprovalEntryView,
  type ApprovalView,
} from './approval-view.js';
import { Approvals } from './approvals.js';

const approvalListInput = z.strictObject({
  ...pageInput,
  status: z.enum(approvalStatuses).optional().describe('Only those; all without it'),
  instanceId: z.guid().optional().describe('Only those of this instance'),
});

const decisionInput = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  contentDigest: z
    .string()
    .max(200)
    .optional()
    .describe('Of the content that was read: another one is not decided on'),
});

/** What waits for a person's decision. Reading needs the right as well, for the content is mail. */
@Controller('api/approvals')
@UseGuards(ApiKeyGuard)
@RequireRight('approvals:decide')
export class ApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  @Get()
  @Summary(
    'List approvals',
    'What was held for a person to decide, newest first, without its content. `approved` tells nothing of whether it went out yet: that is `outcome`.',
  )
  @Answers({ 200: approvalPageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: approvalListInput }) filter: z.output<typeof approvalListInput>,
  ): Promise<Page<ApprovalEntryView>> {
    return viewPage(await this.approvals.list(tenantId, filter), viewApprovalEntry);
  }

  @Get(':id')
  @Summary('Get an approval', 'With the exact content, and why a person has to decide.')
  @Answers({ 200: approvalView })
  async get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<ApprovalView> {
    return this.approvals.read(tenantId, id, viewApproval);
  }

  /** Recorded in the tenant's chain with the decision itself. */
  @Post(':id')
  @Summary(
    'Approve or reject what is held',
    'Once. What is approved is carried out at once by the server, whether or not its agent asks again. `CONFLICT` where it was decided, is over (`reason` tells) or has another content than the one named.',
  )
  @Answers({ 201: approvalView })
  @Fails('CONFLICT', 'RATE_LIMITED')
  async decide(
    @Principal() principal: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: decisionInput }) { decision, contentDigest }: z.output<typeof decisionInput>,
    @Req() request: FastifyRequest,
  ): Promise<ApprovalView> {
    const made = decisionOf(decision, contentDigest, {
      actor: actorOf(principal),
      source: sourceOf(request),
    });
    await this.approvals.decide(principal.tenantId, id, made);
    return this.approvals.read(principal.tenantId, id, viewApproval);
  }
}
