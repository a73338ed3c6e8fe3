import { timeBudget } from '../../time-budget.js';

/** Google's endpoints, or those that stand in for them: https, or http on loopback. */
export interface GoogleEndpoints {
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  userinfoUrl: string;
}

export class GoogleProviderOptions {
  constructor(
    readonly endpoints: GoogleEndpoints,
    /** How long one request may take, its answer's body included. */
    readonly deadlineMs: number = timeBudget.providerMs,
  ) {}
}
