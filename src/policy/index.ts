export { PolicyModule } from './policy.module.js';
export { SendQuota } from './sending/send-quota.js';
export type { SendLimits } from './sending/send-decision.js';
