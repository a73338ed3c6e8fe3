import { Inject, Injectable, Logger } from '@nestjs/common';
import { ProviderRegistry } from '../../oauth/index.js';
import { AuthorizationRedirect } from './authorization-redirect.js';
import { authorizationAnswer, type AuthorizationResponse } from './authorization-response.js';
import { CodeRedemption } from './code-redemption.js';
import { consentEnding, type ConsentCourse, type ConsentResult } from './consent-ending.js';
import { InstancesOptions } from '../instances-options.js';
import { codeVerifier, OAuthFlows, type ConsentFlow, type FlowSecrets } from './oauth-flows.js';
import { withConsentResult } from './return-to.js';

/** Where the browser goes next; `secrets` come along when it goes to the provider and has to come back. */
export interface NextStep {
  location: string;
  secrets: FlowSecrets | null;
}

/** Leads a person through the provider's consent: ticket, provider, callback, and back to where they came from. */
@Injectable()
export class Consent {
  private readonly logger = new Logger(Consent.name);

  constructor(
    private readonly flows: OAuthFlows,
    private readonly redirect: AuthorizationRedirect,
    private readonly redemption: CodeRedemption,
    private readonly providers: ProviderRegistry,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  async begin(ticket: string): Promise<NextStep> {
    const started = await this.flows.start(ticket);
    if (!started) return this.end(null, consentEnding({ reached: 'flow' }));
    return this.askProvider(started.flow, started.secrets);
  }

  /** @param browserSecretOf finds the flow cookie that belongs to a state */
  async complete(
    response: AuthorizationResponse,
    browserSecretOf: (state: string) => string | undefined,
  ): Promise<NextStep> {
    const { state } = response;
    const browserSecret = state === undefined ? undefined : browserSecretOf(state);
    if (state === undefined || browserSecret === undefined)
      return this.end(null, consentEnding({ reached: 'flow' }));
    const flow = await this.flows.claim({ state, browserSecret });
    if (!flow) return this.end(null, consentEnding({ reached: 'flow' }));

    const ending = consentEnding(await this.followUp(flow, response, { state, browserSecret }));
    if (ending !== 'ask_again') return this.end(flow, ending);
    const nextState = await this.flows.repeat(flow);
    return this.askProvider({ ...flow, consentForced: true }, { state: nextState, browserSecret });
  }

  private async followUp(
    flow: ConsentFlow,
    response: AuthorizationResponse,
    secrets: FlowSecrets,
  ): Promise<ConsentCourse> {
    const answer = authorizationAnswer(response, this.providers.get(flow.provider).issuer);
    if (answer.status !== 'code') return { reached: 'authorization', refusal: answer };
    return this.redemption.redeem(flow, {
      code: answer.code,
      codeVerifier: codeVerifier(secrets),
      redirectUri: this.options.redirectUri,
    });
  }

  private async askProvider(flow: ConsentFlow, secrets: FlowSecrets): Promise<NextStep> {
    const location = await this.redirect.url(flow, secrets);
    if (location === null) return this.end(flow, consentEnding({ reached: 'client' }));
    return { location, secrets };
  }

  private end(flow: ConsentFlow | null, result: ConsentResult): NextStep {
    this.logger.log({ msg: 'Consent ended', instanceId: flow?.instanceId ?? null, ...result });
    const target = flow?.returnTo ?? `${this.options.publicUrl}/oauth/done`;
    return { location: withConsentResult(target, result), secrets: null };
  }
}
