import type { ProviderEndpoints } from '../../oauth-provider.js';
import type { OutboundProxy } from '../../../resilience/index.js';
import { timeBudget } from '../../time-budget.js';

export class GoogleProviderOptions {
  constructor(
    readonly endpoints: ProviderEndpoints,
    /** How long one request may take, its answer's body included. */
    readonly deadlineMs: number = timeBudget.providerMs,
    readonly proxy: OutboundProxy | null = null,
  ) {}
}
