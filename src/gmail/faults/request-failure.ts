import type { GmailFault } from './gmail-fault.js';

const faultOfCode = {
  ECONNRESET: 'network',
  ETIMEDOUT: 'network',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EPIPE: 'network',
  EHOSTUNREACH: 'network',
  ENETUNREACH: 'network',
  UND_ERR_SOCKET: 'network',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  ECONNREFUSED: 'refused',
  UND_ERR_HEADERS_TIMEOUT: 'deadline',
  UND_ERR_BODY_TIMEOUT: 'deadline',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'tooLarge',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'network',
} as const satisfies Record<string, GmailFault>;
const faultsByCode = new Map<unknown, GmailFault>(Object.entries(faultOfCode));

/**
 * Which fault it is when no whole answer came, from the codes of Node and undici along the chain of causes.
 * Without a connection (`unreachable`, `refused`) nothing was sent.
 */
export function faultOfFailure(failure: unknown): GmailFault {
  for (let error = failure; isObject(error); error = error.cause) {
    if (error.name === 'TimeoutError') return 'deadline';
    const fault = faultsByCode.get(error.code);
    if (fault !== undefined)
      return fault === 'network' && error.syscall === 'connect' ? 'unreachable' : fault;
  }
  return 'requestFailed';
}

interface Failure {
  name?: unknown;
  code?: unknown;
  syscall?: unknown;
  cause?: unknown;
}

function isObject(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null;
}
