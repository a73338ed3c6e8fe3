import { Injectable } from '@nestjs/common';
import { AuthorizationRedirect } from './authorization-redirect.js';
import type { AuthorizationResponse } from './authorization-response.js';
import { consentEnding } from './consent-ending.js';
import { ConsentEnds } from './consent-ends.js';
import { handleOfState, type ConsentFlow, type FlowSecrets } from '../flows/consent-flow.js';
import { ConsentStates } from '../flows/consent-states.js';
import { FollowUp } from './follow-up.js';
import { OAuthFlows, type BegunFlow } from '../flows/oauth-flows.js';

/** Leads a person through the provider's consent. Each step answers where the browser goes next. */
@Injectable()
export class Consent {
  constructor(
    private readonly flows: OAuthFlows,
    private readonly states: ConsentStates,
    private readonly redirect: AuthorizationRedirect,
    private readonly followUp: FollowUp,
    private readonly ends: ConsentEnds,
  ) {}

  /** Spends a ticket in this browser; null when it cannot be, or not any more. */
  async begin(ticket: string, browserSecret: string): Promise<string | null> {
    const begun = await this.flows.begin(ticket, browserSecret);
    return begun && this.askProvider(begun);
  }

  /** Tries again in the browser that began; null when the flow is over. */
  async resume(handle: string, browserSecret: string): Promise<string | null> {
    const begun = await this.flows.resume(handle, browserSecret);
    return begun && this.askProvider(begun);
  }

  /** @param browserSecretOf finds the flow cookie by the handle of its flow */
  async complete(
    response: AuthorizationResponse,
    browserSecretOf: (handle: string) => string | undefined,
  ): Promise<string> {
    const { state = '' } = response;
    const browserSecret = browserSecretOf(handleOfState(state));
    if (browserSecret === undefined) return this.ends.location(null, { error: 'state_expired' });
    const claim = await this.states.claim({ state, browserSecret });
    switch (claim.status) {
      case 'claimed':
        return this.follow(claim.flow, response, { state, browserSecret });
      case 'answered':
        return this.ends.location(claim.flow, claim.flow.outcome ?? { error: 'provider_unavailable' });
      case 'expired':
        return this.ends.location(claim.flow, { error: 'state_expired' });
      case 'unknown':
        return this.ends.location(null, { error: 'state_expired' });
    }
  }

  private async follow(
    flow: ConsentFlow,
    response: AuthorizationResponse,
    secrets: FlowSecrets,
  ): Promise<string> {
    try {
      const ending = consentEnding(await this.followUp.of(flow, response, secrets));
      if (ending !== 'ask_again') return await this.ends.settle(flow, ending);
      const state = await this.flows.repeat(flow);
      return await this.askProvider({
        flow: { ...flow, consentForced: true },
        secrets: { ...secrets, state },
      });
    } catch (error) {
      // The page that is reloaded must not wait for an outcome that never comes.
      await this.states.settle(flow, { error: 'provider_unavailable' }).catch(() => undefined);
      throw error;
    }
  }

  private async askProvider(begun: BegunFlow): Promise<string> {
    return (
      (await this.redirect.url(begun)) ?? this.ends.settle(begun.flow, consentEnding({ reached: 'client' }))
    );
  }
}
