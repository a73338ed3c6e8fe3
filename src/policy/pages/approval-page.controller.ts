import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sourceOf } from '../../audit/index.js';
import { errorTable, toEvergrantError } from '../../errors/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { foreignFormPage, pageFailures, PageErrorFilter, PostedForms, showPage } from '../../pages/index.js';
import { decisionOf } from '../approvals/approval-decision.js';
import { ApprovalViewers, type ApprovalViewer } from '../approvals/approval-viewers.js';
import { Approvals } from '../approvals/approvals.js';
import type { Approval } from '../approvals/approval.js';
import { formToken, isFormToken } from '../approvals/form-token.js';
import { refusedDecisionPage } from './approval-outcome.js';
import { approvalPage } from './approval-page.js';
import { approvalSignInPage } from './sign-in-page.js';

const postedDecision = z.object({
  decision: z.enum(['approve', 'reject']),
  contentDigest: z.string().max(200),
  formToken: z.string().max(200),
});

/** What refuses a decision and is to be told to the person: all else goes to the filter. */
const toldRefusals = new Set(['CONFLICT', 'RATE_LIMITED', 'VALIDATION_FAILED']);

/** The page behind the link to an approval. The link tells nothing by itself: the agent holds it, too. */
@Controller('approvals')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class ApprovalPageController {
  constructor(
    private readonly approvals: Approvals,
    private readonly viewers: ApprovalViewers,
    private readonly forms: PostedForms,
  ) {}

  @Get(':id')
  @Summary(
    'Open the page of an approval',
    'For browsers: the exact content and two buttons, for the owner of the mailbox and for console sessions with the right `approvals:decide`; everyone else is asked to sign in, alike for an approval that is not there.',
  )
  @Answers({
    200: { mediaType: 'text/html', description: 'Our own page: what is to go out, or how to sign in' },
    ...pageFailures,
  })
  async open(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const elsewhere = this.forms.unusable(request, pathOf(id));
    if (elsewhere) return showPage(reply, 200, elsewhere);
    const seen = await this.seenBy(request, id);
    if (seen === null) return showPage(reply, 200, approvalSignInPage(encodeURIComponent(id)));
    const { tenantId, viewer } = seen;
    const page = await this.approvals.read(tenantId, id, (approval) => {
      const token = formToken(viewer.secret, shown(approval));
      return approvalPage(approval, { formToken: token, signedInAs: viewer.ownerEmail });
    });
    return showPage(reply, 200, page);
  }

  @Post(':id')
  @Summary(
    'Decide by the page of an approval',
    'For browsers: its buttons. Once; the page then tells what was decided.',
  )
  @Answers({
    303: 'To the page, which tells what was decided, or how to sign in',
    403: { mediaType: 'text/html', description: 'Posted by another page than that of the approval' },
    409: { mediaType: 'text/html', description: 'Not decided: the content is not the one that was read' },
    429: { mediaType: 'text/html', description: 'Not decided: the instance has sent what it may' },
    ...pageFailures,
  })
  async decide(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refusal = this.forms.refusal(request, pathOf(id));
    if (refusal) return showPage(reply, 403, refusal);
    const seen = await this.seenBy(request, id);
    if (seen === null) return this.toPage(reply, id);
    const posted = postedDecision.safeParse(body);
    if (!posted.success || !isFormToken(posted.data.formToken, seen.viewer.secret, { id, ...posted.data }))
      return showPage(reply, 403, foreignFormPage);
    const { decision, contentDigest } = posted.data;
    const { actor } = seen.viewer;
    try {
      const made = decisionOf(decision, contentDigest, { actor, source: sourceOf(request) });
      await this.approvals.decide(seen.tenantId, id, made);
    } catch (thrown) {
      const { code, reason, message } = toEvergrantError(thrown);
      if (!toldRefusals.has(code)) throw thrown;
      // Who decided first, and that it is too late, the page itself tells.
      if (reason === 'approval_decided' || reason === 'approval_expired') return this.toPage(reply, id);
      return showPage(
        reply,
        errorTable[code].httpStatus,
        refusedDecisionPage(message, encodeURIComponent(id)),
      );
    }
    return this.toPage(reply, id);
  }

  /** Null for a person who may not see it, and for an approval that is not there. */
  private async seenBy(
    request: FastifyRequest,
    id: string,
  ): Promise<{ tenantId: string; viewer: ApprovalViewer } | null> {
    const found = await this.approvals.locate(id);
    const viewer = found === null ? null : await this.viewers.of(request, found);
    if (found === null || viewer === null) return null;
    return { tenantId: found.tenantId, viewer };
  }

  private async toPage(reply: FastifyReply, id: string): Promise<void> {
    await reply.redirect(this.forms.urlOf(pathOf(id)), 303);
  }
}

function shown({ stored: { id, contentDigest } }: Approval): { id: string; contentDigest: string } {
  return { id, contentDigest };
}

function pathOf(id: string): string {
  return `/approvals/${encodeURIComponent(id)}`;
}
