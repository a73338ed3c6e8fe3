import type { ActOutcome } from '../../policy/index.js';
import type { OneClickAnswer } from './list-servers.js';

type Failure = Pick<
  ActOutcome & { status: 'not_sent' },
  'errorCode' | 'reason' | 'message' | 'retryInSeconds'
>;

const pauseSeconds = 60;
const instead = 'A mail may do it, where the list takes one (way "mail")';

/** What an answer of a list's server means for the act. Asking again does no harm, so that nothing is left unknown. */
export function oneClickOutcome(answer: OneClickAnswer): ActOutcome {
  if (answer.status === 'answered' && Math.floor(answer.httpStatus / 100) === 2)
    return { status: 'done', id: null, threadId: null, labelIds: [] };
  const none = { field: null, retryAfterSeconds: null, requiresReauth: false };
  return { status: 'not_sent', ...none, ...failureOf(answer) };
}

function failureOf(answer: OneClickAnswer): Failure {
  switch (answer.status) {
    case 'not_public':
      return {
        errorCode: 'FORBIDDEN',
        reason: 'list_server_not_public',
        message: `The list's server was not asked, since its address is not of the public Internet. ${instead}`,
        retryInSeconds: null,
      };
    case 'failed':
      return {
        errorCode: 'NETWORK_ERROR',
        reason: 'list_server_unreachable',
        message: `The list's server could not be reached, or did not answer in time (${answer.kind}). ${instead}`,
        retryInSeconds: pauseSeconds,
      };
    case 'answered':
      return answeredFailure(answer.httpStatus);
  }
}

function answeredFailure(httpStatus: number): Failure {
  const statusClass = `${Math.floor(httpStatus / 100)}xx`;
  const isPassing = httpStatus >= 500 || httpStatus === 429;
  return {
    errorCode: isPassing ? 'SERVICE_UNAVAILABLE' : 'FORBIDDEN',
    reason: `list_server_${statusClass}`,
    message:
      statusClass === '3xx'
        ? `The list's server answered with a redirect (3xx), which is not followed. ${instead}`
        : `The list's server did not unsubscribe: it answered ${statusClass}. ${instead}`,
    retryInSeconds: isPassing ? pauseSeconds : null,
  };
}
