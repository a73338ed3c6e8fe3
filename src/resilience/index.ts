export { Clock } from './clock.js';
export { ResilienceModule } from './resilience.module.js';
