export { ConnectTickets } from './connect-tickets.js';
export type { Instance } from './instance.js';
export { Instances } from './instances.js';
export { InstancesModule } from './instances.module.js';
export { InstancesOptions } from './instances-options.js';
