export type NetworkFailureKind =
  | 'connection_refused'
  | 'connection_reset'
  | 'connection_timeout'
  | 'deadline_exceeded'
  | 'dns_failure'
  | 'host_unreachable'
  | 'malformed_response'
  | 'proxy_refused'
  | 'response_too_large'
  | 'shutting_down'
  | 'tls_failure'
  | 'unexpected_failure';

export interface NetworkFailure {
  kind: NetworkFailureKind;
  /** Not a byte of the request can have reached the server: the failure came before there was a connection for it. */
  provablyNotSent: boolean;
}

/** What fails before a request goes out: name resolution, connecting, checking the certificate. */
const beforeSending = {
  connection_refused: ['ECONNREFUSED'],
  connection_timeout: ['UND_ERR_CONNECT_TIMEOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'],
  dns_failure: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'],
  // Of our own making: the proxy opened no tunnel.
  proxy_refused: ['ERR_PROXY_REFUSED'],
  shutting_down: ['UND_ERR_CLOSED'],
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes, and Node's own checks of the peer.
  tls_failure: [
    'CERT_CHAIN_TOO_LONG',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REJECTED',
    'CERT_REVOKED',
    'CERT_SIGNATURE_FAILURE',
    'CERT_UNTRUSTED',
    'CRL_HAS_EXPIRED',
    'CRL_NOT_YET_VALID',
    'CRL_SIGNATURE_FAILURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERROR_IN_CERT_NOT_AFTER_FIELD',
    'ERROR_IN_CERT_NOT_BEFORE_FIELD',
    'ERROR_IN_CRL_LAST_UPDATE_FIELD',
    'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
    'ERR_TLS_CERT_ALTNAME_FORMAT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_TLS_DH_PARAM_SIZE',
    'ERR_TLS_HANDSHAKE_TIMEOUT',
    'ERR_TLS_INVALID_PROTOCOL_VERSION',
    'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
    'HOSTNAME_MISMATCH',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
    'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
    'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
    'UNABLE_TO_GET_CRL',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
} as const satisfies Partial<Record<NetworkFailureKind, readonly string[]>>;

/** What may fail at any time, so that it proves nothing unless it came while connecting. */
const atAnyTime = {
  connection_reset: [
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'UND_ERR_SOCKET',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  ],
  connection_timeout: ['ETIMEDOUT'],
  // The kernel tells of these on an open connection too, once it gives up sending again.
  host_unreachable: ['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  deadline_exceeded: ['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
  // undici names the class of a parser's error, and leaves out its code.
  malformed_response: ['UND_ERR_HEADERS_OVERFLOW', 'HTTPParserError'],
  shutting_down: ['UND_ERR_DESTROYED'],
  response_too_large: ['UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  tls_failure: ['EPROTO'],
} as const satisfies Partial<Record<NetworkFailureKind, readonly string[]>>;

const known = new Map<string, NetworkFailure>([...rowsOf(beforeSending, true), ...rowsOf(atAnyTime, false)]);

/** Families of codes: errors of the HTTP parser, and alerts of OpenSSL. */
const families: readonly [prefix: string, failure: NetworkFailure][] = [
  ['HPE_', { kind: 'malformed_response', provablyNotSent: false }],
  ['ERR_SSL_', { kind: 'tls_failure', provablyNotSent: false }],
];

const unexpected: NetworkFailure = { kind: 'unexpected_failure', provablyNotSent: false };
const whileConnecting = Symbol('while connecting');
const deepestCause = 5;

interface Failure {
  name?: unknown;
  code?: unknown;
  syscall?: unknown;
  cause?: unknown;
  /** Of an `AggregateError`: what each of a host's addresses failed with (RFC 8305). */
  errors?: unknown;
  [whileConnecting]?: true;
}

/** Marks what a connection failed with before it could carry a request; codes alone often do not tell. */
export function failedWhileConnecting<E extends Error>(error: E): E {
  return Object.assign(error, { [whileConnecting]: true });
}

/**
 * Why a request got no answer, by the codes of Node (`net`, `dns`, `tls`) and undici along the chain of causes, or by
 * its name where it has no code (an expired `AbortSignal.timeout`). Messages are not read: they may hold addresses and worse.
 */
export function networkFailure(error: unknown): NetworkFailure {
  return failureOf(error, 0);
}

/** By shape, not by `instanceof`, which fails for errors that come from another realm. */
function failureOf(error: unknown, depth: number): NetworkFailure {
  if (typeof error !== 'object' || error === null || depth > deepestCause) return unexpected;
  const { name, code, syscall, cause, errors, [whileConnecting]: marked }: Failure = error;
  const within =
    Array.isArray(errors) && errors.length > 0 ? allOf(errors, depth + 1) : failureOf(cause, depth + 1);
  const own = lookUp(code) ?? lookUp(name) ?? within;
  const connecting = marked === true || syscall === 'connect';
  return {
    kind: own.kind,
    provablyNotSent: own.provablyNotSent || within.provablyNotSent || connecting,
  };
}

/** Nothing was sent if none of them sent anything; which kind it was, the first says that is known. */
function allOf(errors: readonly unknown[], depth: number): NetworkFailure {
  const failures = errors.map((error) => failureOf(error, depth));
  return {
    kind: failures.find(({ kind }) => kind !== unexpected.kind)?.kind ?? unexpected.kind,
    provablyNotSent: failures.every(({ provablyNotSent }) => provablyNotSent),
  };
}

function lookUp(code: unknown): NetworkFailure | undefined {
  if (typeof code !== 'string') return undefined;
  return known.get(code) ?? families.find(([prefix]) => code.startsWith(prefix))?.[1];
}

function rowsOf(
  codesByKind: Partial<Record<NetworkFailureKind, readonly string[]>>,
  provablyNotSent: boolean,
): [string, NetworkFailure][] {
  return Object.entries(codesByKind).flatMap(([kind, codes]) =>
    codes.map((code): [string, NetworkFailure] => [
      code,
      { kind: kind as NetworkFailureKind, provablyNotSent },
    ]),
  );
}
