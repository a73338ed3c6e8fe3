import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { sourceOf } from '../../audit/index.js';
import type { SignedInPerson } from '../../identity/index.js';
import { PersonBrowsers, type PersonSignInWish } from '../../instances/index.js';
import { foreignFormPage, PostedForms, type Page } from '../../pages/index.js';
import { interactionPath } from '../issuer/issuer-configuration.js';
import { SignInMetrics } from '../issuer/sign-in-metrics.js';
import { keepAgreement, keptAgreement } from './agreement.js';
import type { AskedConsent } from './asked-consent.js';
import { ConsentDecisions } from './consent-decisions.js';
import { consentPage } from './consent-page.js';
import { googleProblem } from './consent-problem-pages.js';
import { mailboxChoice, type postedDecision } from './mailbox-choice.js';
import { OfferedMailboxes } from './offered-mailboxes.js';

/** What a browser is answered. */
export type NextStep = { do: 'go'; location: string } | { do: 'show'; page: Page; status?: number };

type Posted = z.output<typeof postedDecision>;

/** How a person comes from our page to the client, over Google where that is needed. */
@Injectable()
export class ConsentSteps {
  constructor(
    private readonly decisions: ConsentDecisions,
    private readonly google: PersonBrowsers,
    private readonly mailboxes: OfferedMailboxes,
    private readonly forms: PostedForms,
    private readonly metrics: SignInMetrics,
  ) {}

  async page(
    asked: AskedConsent,
    person: SignedInPerson | null,
    notice: string | null = null,
  ): Promise<Page> {
    this.metrics.decided('shown');
    const offered = person === null ? [] : await this.mailboxes.of(person, asked);
    const { clientId, clientName } = asked.client;
    return consentPage({
      action: this.forms.urlOf(pathOf(asked)),
      client: {
        ...{ clientId, clientName, redirectUri: asked.redirectUri },
        isDocument: 'clientIdMetadataDocument' in asked.client,
      },
      scopes: asked.scopes,
      person: person && {
        ...{ id: person.id, email: person.email },
        mailboxes: offered.map(({ instanceId, email, instance, lacksScopes, rules }) => ({
          ...{ id: instanceId, address: email ?? instance.name, lacksScopes, rules },
        })),
      },
      notice,
    });
  }

  async decided(
    asked: AskedConsent,
    person: SignedInPerson | null,
    posted: Posted,
    browser: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<NextStep> {
    switch (posted.decision) {
      case 'deny':
        return this.back(await this.decisions.deny(asked));
      case 'other':
        return this.toGoogle(asked, { person: null, mailbox: null }, browser.reply);
      case 'google':
        return this.toGoogle(asked, { person, mailbox: null }, browser.reply);
      case 'allow':
        return this.allowed(asked, person, posted, browser);
    }
  }

  /** Goes on where the person had agreed before, and else shows the page: a link agrees to nothing. */
  async returned(
    asked: AskedConsent,
    person: SignedInPerson | null,
    outcome: string,
    request: FastifyRequest,
  ): Promise<NextStep> {
    const agreed = keptAgreement(asked.interaction);
    const isDone = outcome === 'connected' || outcome === 'signed_in';
    if (!isDone) {
      this.metrics.decided('refused');
      return { do: 'show', page: await this.page(asked, person, googleProblem(outcome)) };
    }
    const isAgreed = agreed !== null && (agreed.personId === null || agreed.personId === person?.id);
    if (person === null || !isAgreed) return this.back(this.forms.urlOf(pathOf(asked)));
    return this.back(await this.decisions.allow(asked, person, agreed.instanceIds, sourceOf(request)));
  }

  private async allowed(
    asked: AskedConsent,
    person: SignedInPerson | null,
    posted: Posted,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<NextStep> {
    // The person whom the page spoke to has to be the one who presses its button.
    if (person === null || posted.person !== person.id)
      return { do: 'show', page: foreignFormPage, status: 403 };
    const offered = await this.mailboxes.of(person, asked);
    const offeredIds = offered.map(({ instanceId }) => instanceId);
    const choice = mailboxChoice(offeredIds, posted.mailbox, posted.later !== undefined);
    if (choice.status === 'foreign') return { do: 'show', page: foreignFormPage, status: 403 };
    if (choice.status === 'none')
      return { do: 'show', page: await this.page(asked, person, 'Choose at least one mailbox.') };
    const { instanceIds } = choice;
    const narrow = offered.find(
      ({ instanceId, lacksScopes }) => lacksScopes && posted.mailbox.includes(instanceId),
    );
    if (narrow === undefined)
      return this.back(await this.decisions.allow(asked, person, instanceIds, sourceOf(request)));
    await keepAgreement(asked.interaction, { personId: person.id, instanceIds });
    return this.begin(asked, { person, mailbox: narrow.instance }, reply);
  }

  /** A person who is not signed in has agreed by this button; one who connects one more mailbox decides after it. */
  private async toGoogle(
    asked: AskedConsent,
    wish: Pick<PersonSignInWish, 'person' | 'mailbox'>,
    reply: FastifyReply,
  ): Promise<NextStep> {
    const agreed = wish.person === null ? { personId: null, instanceIds: null } : null;
    await keepAgreement(asked.interaction, agreed);
    return this.begin(asked, wish, reply);
  }

  private async begin(
    asked: AskedConsent,
    wish: Pick<PersonSignInWish, 'person' | 'mailbox'>,
    reply: FastifyReply,
  ): Promise<NextStep> {
    this.metrics.decided('google');
    const returnPath = `${pathOf(asked)}/continue`;
    const location = await this.google.begin(reply, { ...wish, scopes: asked.scopes, returnPath });
    return this.back(location);
  }

  private back(location: string): NextStep {
    return { do: 'go', location };
  }
}

function pathOf({ interaction }: AskedConsent): string {
  return interactionPath(interaction.uid);
}
