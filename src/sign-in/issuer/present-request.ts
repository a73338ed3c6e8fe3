import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestSource } from '../../audit/index.js';

const present = new AsyncLocalStorage<RequestSource>();

/** oidc-provider's callbacks know nothing of the request as Fastify has it. */
export function duringRequest<Result>(source: RequestSource, work: () => Result): Result {
  return present.run(source, work);
}

/** Null for what no request is behind. */
export function sourceOfPresentRequest(): RequestSource | null {
  return present.getStore() ?? null;
}
