import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import { errorCodeSchema } from '../../errors/index.js';

/** One line of what happened to an instance's grant: fingerprints, never tokens. */
const historyEventView = z
  .object({
    id: z.string(),
    at: z.date(),
    event: z
      .string()
      .describe('`consent`, `adoption`, `refresh`, `verdict`, `report`, `client`, `discard` or `revocation`'),
    trigger: z
      .string()
      .nullable()
      .describe(
        'Why a refresh was made: `expiry`, `background`, `rejected_token`, `forced`, `schedule` or `probe`',
      ),
    outcome: z
      .string()
      .describe(
        'Of a refresh `refreshed`, `rejected`, `unavailable`, or `unknown`: what the provider did is not known',
      ),
    path: z.string().nullable().describe('`oauth-service` or `direct`'),
    errorCode: errorCodeSchema.nullable(),
    reason: z.string().nullable(),
    attemptId: z
      .string()
      .nullable()
      .describe(
        'One presentation of the refresh token; what an unknown one is found to have come to has the same',
      ),
    generation: z.number().describe('Rises with every consent'),
    refreshVersion: z.number().describe('Rises when the refresh token changes'),
    accessTokenFingerprint: z.string().nullable(),
    refreshTokenFingerprint: z
      .string()
      .nullable()
      .describe('The refresh token that was presented, or, where a new one came, that one'),
    tokenExpiresAt: z.date().nullable(),
    durationMs: z.number().nullable(),
  })
  .meta({
    id: 'HistoryEvent',
    description: 'Something that happened to a grant; tokens appear as fingerprints',
  });

export const historyPageView = pageView(historyEventView).meta({
  id: 'HistoryPage',
  description: 'What happened to a grant, the newest first',
});
