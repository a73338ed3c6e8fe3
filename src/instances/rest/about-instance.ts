import { EvergrantError } from '../../errors/index.js';
import type { Instance } from '../directory/instance.js';

/** What the chain towards Google may say, besides that it does not answer. */
export const chainFailures = [
  'INVALID_REFRESH_TOKEN',
  'INVALID_CLIENT',
  'DEPLOYMENT_CLIENT_REJECTED',
  'INVALID_REQUEST',
  'INSUFFICIENT_SCOPE',
  'ADMIN_BLOCKED',
  'NETWORK_ERROR',
  'OAUTH_FLOW_REQUIRED',
] as const;

/** @throws EvergrantError `OAUTH_FLOW_REQUIRED` when it was never connected */
export function credentialOf({ credentialId }: Instance): string {
  if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
  return credentialId;
}

/** Layers below know no instances: their errors get the id of the one that was asked about here. */
export async function aboutInstance<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EvergrantError ? error.about(instance.id) : error;
  }
}
