import { z } from 'zod';
import { errorTable, type ErrorCode } from './error-table.js';

export const errorCodeSchema = z
  .enum(Object.keys(errorTable) as ErrorCode[])
  .meta({ id: 'ErrorCode', description: 'What went wrong, for programs' });

/** What every error carries, whatever layer it comes from: these four fields first, in this order. */
export const errorSchema = z
  .object({
    error: z.string().describe('What went wrong, for people'),
    instanceId: z.string().nullable().describe('The instance the request was about, if there is one'),
    errorCode: errorCodeSchema,
    requiresReauth: z.boolean().describe('Whether a person has to sign in again'),
    field: z.string().optional().describe('The field, parameter or header at fault'),
    reason: z.string().optional().describe('A stable refinement of the code, such as `invalid_rapt`'),
    retryAfterSeconds: z.number().optional().describe('When a retry may succeed'),
    connectUrl: z.string().optional().describe('Where a person can repair the connection'),
  })
  .meta({ id: 'Error', description: 'Every error begins with the four required fields, in this order.' });

export type ErrorBody = z.output<typeof errorSchema>;
