import { EvergrantError, type ErrorCode } from '../../errors/index.js';
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

const adoptionMessages: Partial<Record<ErrorCode, string>> = {
  OAUTH_FLOW_REQUIRED: "No refresh token was offered - an OAuth client alone never yields a user's token",
  INVALID_REFRESH_TOKEN: 'Google does not accept the refresh token that was offered',
  INVALID_CLIENT: 'Google rejected the OAuth client that the refresh token was offered with',
  INSUFFICIENT_SCOPE: 'The refresh token that was offered does not cover what this instance asks for',
};
const useUnknown =
  'Whether the refresh token that was offered has been used up is not known - if it is refused from now on, connect the mailbox by consent';

/**
 * An error said of a refresh token that was offered for an instance. That it is of no use says nothing of the mailbox,
 * so `requiresReauth` is true only where a person had to sign in before.
 */
export function aboutOfferedToken(error: EvergrantError, instance: Instance): EvergrantError {
  const { reason, retryAfterSeconds, cause } = error;
  return new EvergrantError(error.code, {
    ...{ instanceId: instance.id, field: error.field, reason, retryAfterSeconds, cause },
    message: reason === 'outcome_unknown' ? useUnknown : (adoptionMessages[error.code] ?? error.message),
    ...(instance.requiresReauth ? {} : { requiresReauth: false }),
  });
}

/** Layers below know no instances: their errors get the id of the one that was asked about here. */
export async function aboutInstance<T>(instance: Instance, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EvergrantError ? error.about(instance.id) : error;
  }
}
