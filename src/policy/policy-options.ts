import type { SendLimits } from './sending/send-decision.js';

/** What the composition tells PolicyModule. */
export class PolicyOptions {
  constructor(readonly sendLimits: SendLimits) {}
}
