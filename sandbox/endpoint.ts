import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from './backend.js';
import type { Fault, FaultTarget, RequestFacts } from './faults/fault.js';
import { injectFaults } from './faults/inject-faults.js';

interface EndpointOptions {
  target: FaultTarget;
  /** What faults may match on. */
  describe: (request: FastifyRequest) => Partial<RequestFacts> | Promise<Partial<RequestFacts>>;
  /** Told of every request whose facts are known, before any fault. */
  onRequest?: (request: FastifyRequest, facts: RequestFacts) => void;
  onFault?: (request: FastifyRequest, kind: Fault['kind']) => void;
}

/** Registers routes of one target: counted, described, and open to faults. */
export function endpoint(
  app: FastifyInstance,
  backend: Backend,
  { target, describe, onRequest, onFault }: EndpointOptions,
  routes: (scope: FastifyInstance) => void,
): void {
  app.register(async (scope) => {
    const describeFully = async (request: FastifyRequest): Promise<RequestFacts> => {
      const path = request.url.split('?', 1)[0] ?? '';
      const facts = { path, grantType: null, clientId: null, account: null, ...(await describe(request)) };
      onRequest?.(request, facts);
      return facts;
    };
    scope.addHook('onRequest', async () => backend.ledger.count(target));
    injectFaults(scope, target, backend.faults, describeFully, onFault);
    routes(scope);
  });
}

/** The fields of a form; none for a request without a body. */
export function formOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://sandbox').searchParams;
}

/** The bearer token of a request (RFC 6750 section 2.1), or undefined. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
