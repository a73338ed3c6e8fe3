import { z } from 'zod';
import { clientPair, requireWholeClient } from '../rest/instance-input.js';
import { checkNames, checkStatuses } from './setup-checks.js';

export const setupChecksInput = z.strictObject(clientPair).superRefine(requireWholeClient).prefault({});
export type SetupChecksInput = z.output<typeof setupChecksInput>;

/** What a guide shows before people are sent to Google. */
export const setupView = z
  .object({
    google: z
      .enum(['google', 'sandbox', 'stand-in'])
      .describe(
        'Whether it runs on Google, on the sandbox that was started with it, or on something else in its place',
      ),
    publicUrl: z.string().describe('`PUBLIC_URL`'),
    redirectUri: z
      .string()
      .describe("To be registered with the OAuth client in Google's console, exactly so"),
    clientId: z.string().describe("The deployment's OAuth client, `GOOGLE_CLIENT_ID`"),
    scopes: z.array(z.string()).describe('What a new instance asks for unless it says otherwise'),
  })
  .meta({
    id: 'Setup',
    description: "How the deployment is set up with Google, and what Google's console needs",
  });
export type SetupView = z.output<typeof setupView>;

export const setupChecksView = z
  .object({
    clientId: z.string().describe('The client that was checked'),
    checks: z.array(
      z
        .object({
          name: z.enum(checkNames),
          status: z
            .enum(checkStatuses)
            .describe(
              '`waiting`: can be told once a mailbox was connected with the client. `unknown`: cannot be told now',
            ),
          reason: z.string().nullable().describe('Why, for programs; null for `ok`'),
          detail: z.string().describe('For people: what is right, or what is to be done'),
        })
        .meta({ id: 'SetupCheck', description: 'One thing that has to be right' }),
    ),
  })
  .meta({ id: 'SetupChecks', description: 'What was found, in the order in which one sets it up' });
export type SetupChecksView = z.output<typeof setupChecksView>;
