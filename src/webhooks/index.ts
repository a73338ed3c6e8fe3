export { WebhookSeal, type WebhookPlace } from './registry/webhook-seal.js';
export { WebhooksModule } from './webhooks.module.js';
export { WebhooksOptions } from './webhooks-options.js';
