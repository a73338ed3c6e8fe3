import { z } from 'zod';
import { jsonBody, type HttpAnswer } from '../http/http-answer.js';
import type { RecalledAttempt, RefreshOutcome } from '../token-exchange.js';
import { readGranted, readUpstreamFailure, readVerdict } from './service-answer-body.js';

const settledSchema = z.object({ status: z.literal('settled'), outcome: z.unknown() });
const runningSchema = z.object({ status: z.literal('running') });
/** By its body, for a proxy's 404 is no statement about the attempt. */
const unknownSchema = z.object({ errorCode: z.literal('NOT_FOUND'), reason: z.literal('attempt_unknown') });

/** What the OAuth service says of an attempt; unavailable when what answers is not our service. */
export function classifyRecallAnswer(answer: HttpAnswer): RecalledAttempt {
  const json = jsonBody(answer);
  switch (answer.httpStatus) {
    case 200: {
      const settled = settledSchema.safeParse(json);
      const outcome = settled.success ? readOutcome(settled.data.outcome) : null;
      return outcome ? { status: 'settled', outcome } : { status: 'unavailable' };
    }
    case 202:
      return { status: runningSchema.safeParse(json).success ? 'running' : 'unavailable' };
    case 404:
      return { status: unknownSchema.safeParse(json).success ? 'unknown' : 'unavailable' };
    default:
      return { status: 'unavailable' };
  }
}

function readOutcome(json: unknown): RefreshOutcome | null {
  const granted = readGranted(json);
  return granted
    ? { status: 'refreshed', path: 'oauth-service', tokens: granted.tokens }
    : (readVerdict(json) ?? readUpstreamFailure(json));
}
