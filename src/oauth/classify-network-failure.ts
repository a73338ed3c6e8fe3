import type { Unavailable } from './token-exchange.js';

type Verdictless = Pick<Unavailable, 'errorCode' | 'reason' | 'provablyNotSent'>;

const network = (reason: string, provablyNotSent = false): Verdictless => ({
  errorCode: 'NETWORK_ERROR',
  reason,
  provablyNotSent,
});

const service = (reason: string, provablyNotSent = false): Verdictless => ({
  errorCode: 'SERVICE_UNAVAILABLE',
  reason,
  provablyNotSent,
});

/** A request goes out only after the handshake, so a failed certificate check is proof that nothing was sent. */
const badCertificate = service('tls_failure', true);

/** Error codes of Node's `net`, `dns` and `tls`, and of undici; and the name of an expired `AbortSignal.timeout`. */
const failures = new Map<string, Verdictless>([
  ['ECONNRESET', network('connection_reset')],
  ['EPIPE', network('connection_reset')],
  ['UND_ERR_SOCKET', network('connection_reset')],
  ['ETIMEDOUT', network('connection_timeout')],
  ['UND_ERR_CONNECT_TIMEOUT', network('connection_timeout', true)],
  ['ENOTFOUND', network('dns_failure', true)],
  ['EAI_AGAIN', network('dns_failure', true)],
  ['EHOSTUNREACH', network('host_unreachable')],
  ['ENETUNREACH', network('host_unreachable')],
  ['ECONNREFUSED', service('connection_refused', true)],
  ['TimeoutError', service('deadline_exceeded')],
  ['UND_ERR_HEADERS_TIMEOUT', service('deadline_exceeded')],
  ['UND_ERR_BODY_TIMEOUT', service('deadline_exceeded')],
  ['UND_ERR_HEADERS_OVERFLOW', service('malformed_response')],
  ['UND_ERR_CLOSED', service('shutting_down', true)],
  ['EPROTO', service('tls_failure')],
  ['CERT_HAS_EXPIRED', badCertificate],
  ['CERT_NOT_YET_VALID', badCertificate],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', badCertificate],
  ['SELF_SIGNED_CERT_IN_CHAIN', badCertificate],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', badCertificate],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', badCertificate],
  ['ERR_TLS_CERT_ALTNAME_INVALID', badCertificate],
]);

const unexpected: Verdictless = {
  errorCode: 'UNKNOWN_ERROR',
  reason: 'unexpected_failure',
  provablyNotSent: false,
};

/** Classifies why a request got no answer. Reads codes only: messages may hold addresses and worse. */
export function classifyNetworkFailure(error: unknown): Unavailable {
  return { status: 'unavailable', path: 'direct', retryAfterSeconds: null, ...failureOf(error) };
}

interface Failure {
  name?: unknown;
  code?: unknown;
  syscall?: unknown;
  cause?: unknown;
}

/** `fetch` wraps the real failure, so the chain of causes is searched for the first one that is known. */
function failureOf(error: unknown, depth = 0): Verdictless {
  // By shape, not by `instanceof`, which fails for errors that come from another realm.
  if (typeof error !== 'object' || error === null || depth > 5) return unexpected;
  const { name, code, syscall, cause }: Failure = error;
  const known = knownFailure(code) ?? knownFailure(name);
  if (known === undefined) return failureOf(cause, depth + 1);
  return syscall === 'connect' ? { ...known, provablyNotSent: true } : known;
}

function knownFailure(key: unknown): Verdictless | undefined {
  if (typeof key !== 'string') return undefined;
  return key.startsWith('HPE_') ? service('malformed_response') : failures.get(key);
}
