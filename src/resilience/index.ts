export { AdaptiveConcurrency, type Reception } from './adaptive-concurrency.js';
export { CostlyCount } from './costly-count.js';
export { Clock } from './clock.js';
export { GroupedWrites } from './grouped-writes.js';
export { ReadCache } from './read-cache.js';
export { Recurrence } from './recurrence.js';
export { ResilienceModule } from './resilience.module.js';
export { SingleFlight } from './single-flight.js';
export { withDeadline } from './with-deadline.js';
