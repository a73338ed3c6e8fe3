import { Inject, Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../../oauth/index.js';
import { InstancesOptions } from '../instances-options.js';
import { authorizationAnswer, type AuthorizationResponse } from './authorization-response.js';
import { CodeRedemption } from './code-redemption.js';
import type { ConsentCourse } from './consent-ending.js';
import { codeVerifier, type ConsentFlow, type FlowSecrets } from '../flows/consent-flow.js';

/** Follows up what the provider sent back with a claimed state. */
@Injectable()
export class FollowUp {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly redemption: CodeRedemption,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  async of(flow: ConsentFlow, response: AuthorizationResponse, secrets: FlowSecrets): Promise<ConsentCourse> {
    const answer = authorizationAnswer(response, this.providers.get(flow.provider).issuer);
    if (answer.status !== 'code')
      return { reached: 'authorization', refusal: answer, consentForced: flow.consentForced };
    return this.redemption.redeem(flow, {
      code: answer.code,
      codeVerifier: codeVerifier(secrets),
      redirectUri: this.options.redirectUri,
    });
  }
}
