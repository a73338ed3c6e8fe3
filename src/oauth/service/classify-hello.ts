import { z } from 'zod';
import { askedToWaitSeconds, jsonBody, type HttpAnswer } from '../http/http-answer.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';

/** Whether what answers at `OAUTH_SERVICE_URL` is our OAuth service. */
export type Hello =
  | { status: 'proven' }
  | {
      status: 'unproven';
      failure: ServiceFailure;
      /** Which variable is likely wrong; null where nothing says so, as with a service that is down. */
      variable: 'OAUTH_SERVICE_URL' | 'OAUTH_SERVICE_TOKEN' | null;
    };

const proofSchema = z.object({ proof: z.string().max(64) });
/** In the words of our own service, which knows another token. */
const refusalSchema = z.object({ errorCode: z.literal('UNAUTHENTICATED'), upstream: z.literal(false) });

/**
 * What an answer to the hello means. No secret went out with it, so whatever it is, tokens may go directly. A 404 is
 * an Evergrant without the hello, or none at all: neither is told a secret.
 * @param isProof whether an answer shows knowledge of the shared token
 */
export function classifyHello(
  answer: HttpAnswer | ServiceFailure,
  isProof: (proof: string) => boolean,
): Hello {
  if (answer.status !== 'answered') return { status: 'unproven', failure: unsent(answer), variable: null };
  const { httpStatus } = answer;
  if (httpStatus === 200) return classifyProof(jsonBody(answer), isProof);
  const isOurs = httpStatus === 401 && refusalSchema.safeParse(jsonBody(answer)).success;
  if (isOurs) return stranger('http_401', 'OAUTH_SERVICE_TOKEN');
  if (httpStatus < 500 && httpStatus !== 429) return stranger(`http_${httpStatus}`, 'OAUTH_SERVICE_URL');
  const failure = serviceFailure(`http_${httpStatus}`, {
    retryAfterSeconds: askedToWaitSeconds(answer),
    provablyNotSent: true,
    serviceFailed: 'for-now',
  });
  return { status: 'unproven', failure, variable: null };
}

function classifyProof(json: unknown, isProof: (proof: string) => boolean): Hello {
  const { success, data } = proofSchema.safeParse(json);
  if (!success) return stranger('malformed_response', 'OAUTH_SERVICE_URL');
  return isProof(data.proof) ? { status: 'proven' } : stranger('wrong_proof', 'OAUTH_SERVICE_URL');
}

function stranger(reason: string, variable: 'OAUTH_SERVICE_URL' | 'OAUTH_SERVICE_TOKEN'): Hello {
  const failure = serviceFailure(reason, { provablyNotSent: true, serviceFailed: 'for-good' });
  return { status: 'unproven', failure, variable };
}

/** A hello that hung is not repeated for the same request: its time is the direct path's. */
function unsent(failure: ServiceFailure): ServiceFailure {
  const hung = failure.reason === 'oauth_service_deadline_exceeded';
  return { ...failure, provablyNotSent: true, ...(hung ? { serviceFailed: 'for-good' } : {}) };
}
