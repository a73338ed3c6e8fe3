export { SecurityEventsModule } from './security-events.module.js';
export { SecurityEventsOptions } from './security-events-options.js';
