export { ConnectTickets } from './connect-tickets.js';
export type { Instance } from './instance.js';
export { InstancesModule } from './instances.module.js';
export { InstancesOptions } from './instances-options.js';
export { KnownInstances } from './known-instances.js';
