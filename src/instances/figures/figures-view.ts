import { z } from 'zod';
import { instanceStates } from '../directory/instance-state.js';
import { figureWindows, type FigureWindow } from './key-figures.js';

const windows = Object.keys(figureWindows) as [FigureWindow, ...FigureWindow[]];
const scopes = ['tenant', 'deployment'] as const;

export const figuresInput = z.strictObject({
  window: z
    .enum(windows)
    .default('24h')
    .describe(
      'How far to look back: 24 buckets of an hour, or 30 of a day, in UTC; the last one is under way',
    ),
  scope: z
    .enum(scopes)
    .default('tenant')
    .describe('`deployment` tells of all tenants together, to the operator alone'),
});
export type FiguresInput = z.output<typeof figuresInput>;

const at = z.date().describe('The beginning of the bucket');
const share = {
  of: z.int().min(0),
  count: z.int().min(0),
  share: z.number().min(0).max(1).nullable().describe('`count` by `of`; null of nothing'),
};

function courseOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ total: z.object(shape), series: z.array(z.object({ at, ...shape })) });
}
const shareCourse = courseOf(share).meta({
  id: 'ShareCourse',
  description: 'How many of how many, over the whole window and in each bucket',
});
const countCourse = courseOf({ count: z.int().min(0) }).meta({
  id: 'CountCourse',
  description: 'How many, over the whole window and in each bucket',
});

const nowView = z
  .object({
    instances: z
      .object(Object.fromEntries(instanceStates.map((state) => [state, z.int().min(0)])) as StateCountShape)
      .describe('How many instances are in which `state`'),
    oauthServiceBreaker: z
      .enum(['closed', 'open', 'half-open'])
      .describe('Of the process that answers: `open` while it leaves the OAuth service alone'),
    gates: z
      .array(z.object({ clientId: z.string(), closedUntil: z.date() }))
      .describe('OAuth clients for which Google has asked for a pause (`Retry-After`)'),
    holds: z
      .array(z.object({ clientId: z.string(), since: z.date(), suspects: z.int().min(0) }))
      .describe('Spikes of dead grants whose verdicts are held, by OAuth client, and how many grants are'),
    spilledRefreshes: z
      .int()
      .min(0)
      .describe('Refreshed tokens on the disk of the process that answers, which wait for the database'),
    quota: z
      .array(
        z.object({
          tenantId: z.guid(),
          instanceId: z.guid(),
          name: z.string(),
          email: z.string().nullable(),
          unitsTaken: z.int().min(0),
          unitsPerMinute: z.int().min(0),
        }),
      )
      .describe("The mailboxes that have taken most of Gmail's quota within the last minute; five at most"),
  })
  .meta({ id: 'FiguresNow', description: 'How it is at present' });
type StateCountShape = Record<(typeof instanceStates)[number], z.ZodInt>;

/** The key figures, as pictures are made of. */
export const figuresView = z
  .object({
    window: z.enum(windows),
    scope: z.enum(scopes),
    from: z.date().describe('The beginning of the first bucket'),
    to: z.date().describe("When it was counted, by the database's clock"),
    bucketSeconds: z.int().positive(),
    refreshSuccess: shareCourse.describe('Refreshes that brought a token, of all that were made'),
    oauthServiceAvailability: shareCourse.describe(
      'Refreshes for which the OAuth service gave an answer, of those that were meant to go through it',
    ),
    fallbackUse: shareCourse.describe('Refreshes whose outcome came straight from Google, of all'),
    reauthentications: countCourse.describe('How often a person began to be asked to sign in again'),
    now: nowView,
  })
  .meta({ id: 'Figures', description: 'The key figures of refreshing, from the history of the grants' });
export type FiguresView = z.output<typeof figuresView>;
