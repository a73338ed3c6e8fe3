import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys } from '../holders/api-keys.js';
import type { ApiRight } from '../holders/api-right.js';
import { secretHash } from '../holders/secret-hash.js';
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
  /** What a connection sent last, and the hash of the key in it: programs send the same key with every request. */
  private readonly sentKeys = new WeakMap<Socket, { authorization: string; keyHash: string }>();

  constructor(
    private readonly keys: ApiKeys,
    private readonly rateLimit: CallerRateLimit,
  ) {}

  /** Who calls, if it is a program with a tenant's key which has this right and names no other tenant. */
  withRight(right: ApiRight, { headers, socket }: FastifyRequest): RememberedCaller | null {
    const keyHash = this.keyHash(headers.authorization, socket);
    if (keyHash === null || headers['x-evergrant-tenant'] !== undefined) return null;
    const key = this.keys.peek(keyHash);
    return key?.rights.has(right) ? { apiKeyId: key.id, tenantId: key.tenantId } : null;
  }

  /** Counts the call, so ask last: the guard counts it again if it has to be asked after all. */
  admits({ apiKeyId }: RememberedCaller): boolean {
    return this.rateLimit.admitsFromMemory(apiKeyId);
  }

  private keyHash(authorization: string | undefined, connection: Socket): string | null {
    const sent = this.sentKeys.get(connection);
    if (authorization !== undefined && sent?.authorization === authorization) return sent.keyHash;
    const apiKey = bearerToken(authorization);
    if (authorization === undefined || apiKey === null) return null;
    const keyHash = secretHash(apiKey);
    this.sentKeys.set(connection, { authorization, keyHash });
    return keyHash;
  }
}
