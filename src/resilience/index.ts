export { AdaptiveConcurrency, type Reception } from './load/adaptive-concurrency.js';
export { ByteBudget, type BudgetRefusal } from './load/byte-budget.js';
export { outboundAgent, type OutboundProxy } from './http/outbound-agent.js';
export { CostlyCount } from './load/costly-count.js';
export { Clock } from './time/clock.js';
export { Deadline } from './time/deadline.js';
export { FairQueue, QueueRefused, type Lane, type QueueRefusal } from './load/fair-queue.js';
export { GroupedWrites } from './load/grouped-writes.js';
export { failedWhileConnecting, networkFailure, type NetworkFailureKind } from './http/network-failure.js';
export { chargeTo, payerOf } from './load/payers.js';
export { ReadCache } from './load/read-cache.js';
export {
  admittedAddresses,
  pinnedLookup,
  systemResolver,
  type HostResolver,
  type ResolvedAddress,
} from './http/pinned-lookup.js';
export { isPublicAddress } from './http/public-address.js';
export { Recurrence } from './time/recurrence.js';
export { ResilienceModule } from './resilience.module.js';
export { retry, type Ending } from './time/retry.js';
export { longestRetryAfterSeconds, retryAfterSeconds } from './http/retry-after.js';
export { SingleFlight } from './load/single-flight.js';
export { withDeadline } from './time/with-deadline.js';
