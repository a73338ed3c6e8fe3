import { z } from 'zod';
import { refreshTriggers } from '../store/refresh-trigger.js';

/**
 * What a refresh brought, sealed and ready to be committed, now or later: it holds no secret in the clear, and all
 * that the guarded write needs.
 */
export const sealedRefreshSchema = z.strictObject({
  credentialId: z.guid(),
  tenantId: z.guid(),
  generation: z.int(),
  refreshVersion: z.int(),
  leaseOwner: z.string(),
  attemptId: z.string(),
  trigger: z.enum(refreshTriggers),
  path: z.enum(['oauth-service', 'direct']),
  durationMs: z.number(),
  /** Whether the OAuth service failed on the way to it; what an older release has spilled does not say. */
  serviceFailed: z.boolean().nullable().default(null),
  /** Sealed for the credential and its generation. */
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  accessTokenFingerprint: z.string().nullable(),
  refreshTokenFingerprint: z.string().nullable(),
  expiresInSeconds: z.number(),
  refreshTokenExpiresInSeconds: z.number().nullable(),
  /** Drawn once: how long after the answer the next refresh is due. */
  nextRefreshInSeconds: z.number(),
});
export type SealedRefresh = z.output<typeof sealedRefreshSchema>;
