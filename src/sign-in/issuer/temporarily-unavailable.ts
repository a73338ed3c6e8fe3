import { errors } from 'oidc-provider';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';

const retryAfterSeconds = 5;
const deadlockDetected = '40P01';

/**
 * The authorization server cannot answer now (RFC 6749, section 4.1.2.1): a client keeps what it has, and tries again.
 * At the token endpoint, where the RFC has no such code, clients take an unknown one with a 503 for the same.
 */
export class TemporarilyUnavailable extends errors.OIDCProviderError {
  override readonly error_description: string;

  constructor(
    description: string,
    cause: unknown,
    readonly retryAfterSeconds: number,
  ) {
    super(503, 'temporarily_unavailable', { cause });
    this.error_description = description;
    this.expose = true;
  }
}

/** Says a fault of the database in words for clients; all else as it is. */
export function asUnavailable(thrown: unknown): unknown {
  if (thrown instanceof errors.OIDCProviderError) return thrown;
  const isDeadlock = thrown instanceof Error && 'code' in thrown && thrown.code === deadlockDetected;
  const error = toEvergrantError(thrown);
  if (error.code !== 'SERVICE_UNAVAILABLE' && !isDeadlock) return thrown;
  const after = error.retryAfterSeconds ?? retryAfterSeconds;
  return new TemporarilyUnavailable('the server cannot answer now, try again', thrown, after);
}

export function tenantIsSuspended(): TemporarilyUnavailable {
  const cause = new EvergrantError('FORBIDDEN', { reason: 'tenant_suspended' });
  return new TemporarilyUnavailable('this service is suspended for now', cause, 60);
}
