import { Inject, Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import {
  actorOf,
  CallerAuthentication,
  OwnerCookie,
  OwnerSessions,
  sessionCookieName,
  type MailboxOwner,
} from '../../identity/index.js';
import { PagesOptions } from '../../pages/index.js';
import type { LocatedApproval } from './approvals.js';

/** A browser whose person may see an approval and decide on it. */
export interface ApprovalViewer {
  actor: Actor;
  /** Their address, if they signed in as the mailbox's owner. */
  ownerEmail: string | null;
  /** Of their session: what a page gives them, no other browser has. */
  secret: string;
}

/**
 * Tells who looks at an approval: the owner of its mailbox, or a person of its tenant in a console session that may
 * decide. By cookies only: the page is for browsers, and the link alone is in the hands of the one who asked.
 */
@Injectable()
export class ApprovalViewers {
  constructor(
    private readonly ownerCookie: OwnerCookie,
    private readonly owners: OwnerSessions,
    private readonly callers: CallerAuthentication,
    @Inject(PagesOptions) private readonly options: PagesOptions,
  ) {}

  /** @returns null for everyone else */
  async of(request: FastifyRequest, mailbox: LocatedApproval): Promise<ApprovalViewer | null> {
    return (await this.owner(request, mailbox)) ?? (await this.tenant(request, mailbox));
  }

  private async owner(request: FastifyRequest, mailbox: LocatedApproval): Promise<ApprovalViewer | null> {
    const secret = this.ownerCookie.read(request);
    const owner = secret === undefined ? null : await this.owners.verify(secret);
    if (secret === undefined || owner === null || !isOwnerOf(owner, mailbox)) return null;
    const actor = { kind: 'owner', id: owner.subject, tenantId: owner.tenantId } as const;
    return { actor, ownerEmail: owner.email, secret };
  }

  private async tenant(
    request: FastifyRequest,
    { tenantId }: LocatedApproval,
  ): Promise<ApprovalViewer | null> {
    const secret = request.cookies[sessionCookieName(this.options.publicUrl)];
    if (secret === undefined || request.headers.authorization !== undefined) return null;
    const caller = await this.callers.callerOf(request).catch(nullIfRefused);
    if (!caller?.rights.has('approvals:decide')) return null;
    if (!caller.operator && caller.tenantId !== tenantId) return null;
    return { actor: actorOf({ ...caller, tenantId }), ownerEmail: null, secret };
  }
}

/** By what the mailbox is connected to now: who gave it away decides no more. */
function isOwnerOf(owner: MailboxOwner, { tenantId, provider, subject }: LocatedApproval): boolean {
  return owner.tenantId === tenantId && owner.provider === provider && owner.subject === subject;
}

/** A session that is over, or a suspended tenant's, is none; an outage is told. */
function nullIfRefused(thrown: unknown): null {
  if (thrown instanceof EvergrantError && (thrown.code === 'UNAUTHENTICATED' || thrown.code === 'FORBIDDEN'))
    return null;
  throw thrown;
}
