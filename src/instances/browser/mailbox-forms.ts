import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedInBrowsers, type SignedInBrowser } from '../../identity/index.js';
import { foreignFormPage, formToken, isFormToken, PostedForms, showPage } from '../../pages/index.js';

export const mailboxesPath = '/mailboxes';
const shown = 'mailboxes';

/** Forms of the page of a person's mailboxes, which are taken from the session that they were given to only. */
@Injectable()
export class MailboxForms {
  constructor(
    private readonly forms: PostedForms,
    private readonly browsers: SignedInBrowsers,
  ) {}

  /** What a session's forms are given. */
  tokenFor({ secret }: SignedInBrowser): string {
    return formToken(secret, shown);
  }

  /** Whose form it is; null where that has been answered already, since it is none of a person's who is signed in. */
  async posted(request: FastifyRequest, reply: FastifyReply): Promise<SignedInBrowser | null> {
    if (await this.isForeign(request, reply)) return null;
    const browser = await this.browsers.of(request);
    if (browser === null) {
      await this.toPage(reply);
      return null;
    }
    const { formToken: given } = (request.body ?? {}) as { formToken?: unknown };
    if (isFormToken(given, browser.secret, shown)) return browser;
    await showPage(reply, 403, foreignFormPage);
    return null;
  }

  /** Whether another page posted it, which is answered then. */
  async isForeign(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const refusal = this.forms.refusal(request, mailboxesPath);
    if (refusal === null) return false;
    await showPage(reply, 403, refusal);
    return true;
  }

  async toPage(reply: FastifyReply): Promise<void> {
    await reply.redirect(this.forms.urlOf(mailboxesPath), 303);
  }
}
