import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditTrail, sourceOf } from '../../audit/index.js';
import { PersonWidenings, wideningPath } from '../../identity/index.js';
import { knownPersonScopes, PersonBrowsers, type PersonScope } from '../../instances/index.js';
import { foreignFormPage, formToken, isFormToken, PostedForms } from '../../pages/index.js';
import { googleProblem } from '../consent/consent-problem-pages.js';
import type { NextStep } from '../consent/consent-steps.js';
import { SignInMetrics } from '../issuer/sign-in-metrics.js';
import { mailboxToWiden, type AskedWidening } from './asked-widenings.js';
import { decidedPage, wideningPage } from './widening-pages.js';

/** What a person posted. */
export interface PostedWidening {
  decision: 'allow' | 'deny';
  scope: PersonScope[];
  formToken: string;
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** How a person lets a client do more, over Google where their mailbox was connected with less. */
@Injectable()
export class WideningSteps {
  constructor(
    private readonly widenings: PersonWidenings,
    private readonly google: PersonBrowsers,
    private readonly forms: PostedForms,
    private readonly trail: AuditTrail,
    private readonly metrics: SignInMetrics,
  ) {}

  page(asked: AskedWidening, notice: string | null = null): NextStep {
    if (!isOpen(asked)) return { do: 'show', page: decidedPage(asked) };
    this.metrics.decided('shown');
    const token = formToken(asked.browser.secret, shown(asked));
    const action = this.forms.urlOf(wideningPath(asked.ticket));
    return { do: 'show', page: wideningPage(asked, { action, formToken: token, notice }) };
  }

  async decided(asked: AskedWidening, posted: PostedWidening, exchange: Exchange): Promise<NextStep> {
    const { ticket, browser, lacking } = asked;
    if (!isFormToken(posted.formToken, browser.secret, shown(asked)))
      return { do: 'show', page: foreignFormPage, status: 403 };
    // What became of it, the page tells.
    if (!isOpen(asked)) return this.toPage(ticket);
    if (posted.decision === 'deny') {
      if (await this.widenings.deny(ticket)) this.metrics.decided('denied');
      return this.toPage(ticket);
    }
    const scopes = posted.scope.filter((scope) => lacking.includes(scope));
    if (scopes.length === 0) return this.page(asked, 'Choose what it may do.');
    const narrow = mailboxToWiden(asked, scopes);
    if (narrow === null) return this.allowed(asked, scopes, exchange.request);
    if (!(await this.widenings.agree(ticket, scopes))) return this.toPage(ticket);
    this.metrics.decided('google');
    const wish = { person: browser.person, mailbox: narrow.instance, scopes: [...asked.held, ...scopes] };
    const returnPath = `${wideningPath(ticket)}/continue`;
    return { do: 'go', location: await this.google.begin(exchange.reply, { ...wish, returnPath }) };
  }

  /** Goes on where the person had agreed before, and else shows the page: a link agrees to nothing. */
  async returned(asked: AskedWidening, outcome: string, request: FastifyRequest): Promise<NextStep> {
    if (outcome !== 'connected') {
      this.metrics.decided('refused');
      return this.page(asked, googleProblem(outcome));
    }
    const agreed = knownPersonScopes(asked.agreedScopes ?? []);
    if (!isOpen(asked) || agreed.length === 0) return this.toPage(asked.ticket);
    return this.allowed(asked, agreed, request);
  }

  private async allowed(
    { ticket, authorization }: AskedWidening,
    scopes: readonly PersonScope[],
    request: FastifyRequest,
  ): Promise<NextStep> {
    const held = await this.widenings.allow(ticket, scopes);
    if (held !== null) {
      const { id, tenantId, personId, clientId } = authorization;
      this.metrics.decided('allowed');
      await this.trail.keep({
        event: 'authorization.widened',
        actor: { kind: 'person', id: personId, tenantId },
        subject: { kind: 'authorization', id },
        ...{ source: sourceOf(request), clientId, scopes: held },
      });
    }
    return this.toPage(ticket);
  }

  private toPage(ticket: string): NextStep {
    return { do: 'go', location: this.forms.urlOf(wideningPath(ticket)) };
  }
}

/** What another link has brought meanwhile need not be asked for. */
function isOpen({ status, lacking }: AskedWidening): boolean {
  return status === 'open' && lacking.length > 0;
}

/** What a form is given for: this link, this person. */
function shown({ ticket, browser }: AskedWidening): string {
  return `widening ${ticket} ${browser.person.id}`;
}
