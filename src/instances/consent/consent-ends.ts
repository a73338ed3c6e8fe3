import { Inject, Injectable, Logger } from '@nestjs/common';
import { InstancesOptions } from '../instances-options.js';
import type { ConsentFlow } from '../flows/consent-flow.js';
import { consentResult, type ConsentOutcome } from '../flows/consent-outcome.js';
import { ConsentStates } from '../flows/consent-states.js';
import { withConsentResult } from '../flows/return-to.js';

/** Where consents lead at their end. */
@Injectable()
export class ConsentEnds {
  private readonly logger = new Logger('Consent');

  constructor(
    private readonly states: ConsentStates,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** Keeps an outcome, logs it, and says where it leads. */
  async settle(flow: ConsentFlow, outcome: ConsentOutcome): Promise<string> {
    await this.states.settle(flow, outcome);
    const entry = { msg: 'Consent ended', instanceId: flow.instanceId, ...consentResult(outcome) };
    if ('error' in outcome && outcome.error === 'misconfigured') this.logger.error(entry);
    else this.logger.log(entry);
    return this.location(flow, outcome);
  }

  /** To `returnTo`, if the flow is known and names one, else to our own page, which knows the flow by its handle. */
  location(flow: ConsentFlow | null, outcome: ConsentOutcome): string {
    const result = consentResult(outcome);
    if (flow?.returnTo != null) return withConsentResult(flow.returnTo, result);
    const done = `${this.options.publicUrl}/oauth/done`;
    return withConsentResult(done, flow === null ? result : { ...result, flow: flow.handle });
  }
}
