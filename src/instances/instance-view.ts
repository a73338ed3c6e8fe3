import type { Instance } from './instance.js';
import type { InstancesOptions } from './instances-options.js';

/** An instance as frontends see it: what a person needs to know, and never a token. */
export type InstanceView = Omit<
  Instance,
  'tenantId' | 'loginHint' | 'oauthClientId' | 'credentialId' | 'subject'
> & {
  mcpUrl: string;
};

export function instanceView(instance: Instance, options: InstancesOptions): InstanceView {
  const { tenantId, loginHint, oauthClientId, credentialId, subject, ...visible } = instance;
  return { ...visible, mcpUrl: options.mcpUrl(instance.id) };
}
