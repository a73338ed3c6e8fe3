import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys } from '../holders/api-keys.js';
import type { ApiRight } from '../holders/api-right.js';
import { bearerToken } from './bearer-token.js';
import { CallerRateLimit } from './caller-rate-limit.js';

/** A tenant's program that memory knows, not yet counted against its limit. */
export interface RememberedCaller {
  apiKeyId: string;
  tenantId: string;
}

/**
 * Answers what `ApiKeyGuard` asks from memory alone, for routes that are answered ahead of it: who calls, with which
 * right, in which tenant, and whether that is within its limit. Where memory is not certain the answer is no, and
 * the guard decides.
 */
@Injectable()
export class RememberedCallers {
  constructor(
    private readonly keys: ApiKeys,
    private readonly rateLimit: CallerRateLimit,
  ) {}

  /** Who calls, if it is a program with a tenant's key which has this right and names no other tenant. */
  withRight(right: ApiRight, { headers }: FastifyRequest): RememberedCaller | null {
    const apiKey = bearerToken(headers.authorization);
    if (apiKey === null || headers['x-evergrant-tenant'] !== undefined) return null;
    const key = this.keys.peek(apiKey);
    return key?.rights.has(right) ? { apiKeyId: key.id, tenantId: key.tenantId } : null;
  }

  /** Counts the call, so ask last: the guard counts it again if it has to be asked after all. */
  admits({ apiKeyId }: RememberedCaller): boolean {
    return this.rateLimit.admitsFromMemory(apiKeyId);
  }
}
