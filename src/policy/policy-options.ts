import type { SendLimits } from './sending/send-decision.js';

/** What the composition tells PolicyModule. */
export class PolicyOptions {
  constructor(
    readonly sendLimits: SendLimits,
    /** From which the keys are derived that what was read is remembered with: the first remembers, all find. */
    readonly masterKeys: readonly Buffer[],
  ) {}
}
