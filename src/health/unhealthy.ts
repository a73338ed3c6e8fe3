import { ServiceUnavailableException } from '@nestjs/common';
import type { HealthCheckResult } from '@nestjs/terminus';
import { EvergrantError } from '../errors/index.js';

const retryAfterSeconds = 5;

/**
 * Says Terminus's failed check as any error, with its report behind the contract's fields.
 * @throws EvergrantError `SERVICE_UNAVAILABLE`
 */
export async function orUnhealthy(check: Promise<HealthCheckResult>): Promise<HealthCheckResult> {
  try {
    return await check;
  } catch (thrown) {
    if (!(thrown instanceof ServiceUnavailableException)) throw thrown;
    const { status, details } = thrown.getResponse() as HealthCheckResult;
    const reason = status === 'shutting_down' ? status : 'database_unavailable';
    throw new EvergrantError('SERVICE_UNAVAILABLE', {
      reason,
      retryAfterSeconds,
      report: { status, details },
    });
  }
}
