import { z } from 'zod';

const status = z.number().int().min(100).max(599);
const headers = z.record(z.string(), z.string());

/** What can go wrong on request. */
const faultSchema = z.discriminatedUnion('kind', [
  /** Answers this JSON and does no work. */
  z.object({ kind: z.literal('error'), status, body: z.unknown(), headers: headers.optional() }),
  /** Answers an HTML page and does no work. */
  z.object({ kind: z.literal('html'), status, body: z.string(), headers: headers.optional() }),
  /** Answers 200 with this text and does no work. */
  z.object({ kind: z.literal('non-json'), body: z.string().default('OK') }),
  /** Answers 200 without a body and does no work. */
  z.object({ kind: z.literal('empty') }),
  /** Never answers and does no work; the socket is closed when the sandbox closes. */
  z.object({ kind: z.literal('hang') }),
  /** Resets the connection before doing any work. */
  z.object({ kind: z.literal('reset') }),
  /** Does the work (rotates, revokes), then resets the connection instead of answering. */
  z.object({ kind: z.literal('reset-after') }),
  /** Does the work, then sends half of the answer under its full Content-Length. */
  z.object({ kind: z.literal('truncated') }),
  /** Does the work, then sends the answer byte by byte, with this pause between them. */
  z.object({ kind: z.literal('drip'), everyMs: z.number().int().positive() }),
  /**
   * Does the work, then overrides (`set`) or drops (`remove`) fields of the JSON answer, or parameters of
   * the redirect to the client for the target `authorize`.
   */
  z.object({
    kind: z.literal('patch'),
    set: z.record(z.string(), z.unknown()).default({}),
    remove: z.array(z.string()).default([]),
  }),
  /** Waits, then goes on as usual. */
  z.object({ kind: z.literal('delay'), delayMs: z.number().int().nonnegative() }),
  /** Waits before doing any work until the control port lets it go, then goes on as usual. */
  z.object({ kind: z.literal('hold') }),
]);
export type Fault = z.output<typeof faultSchema>;

const faultTargets = ['authorize', 'token', 'revoke', 'userinfo', 'gmail'] as const;
export type FaultTarget = (typeof faultTargets)[number];

/** What is known of a request before it is served; null where the request does not tell. */
export interface RequestFacts {
  path: string;
  grantType: string | null;
  clientId: string | null;
  account: string | null;
}

export const faultRuleSchema = z.object({
  target: z.enum(faultTargets),
  /** How many requests it meets; without it, all until it is cleared. */
  times: z.number().int().positive().optional(),
  /** Facts that must all be equal; a path matches by its beginning. */
  match: z
    .strictObject({
      path: z.string().optional(),
      grantType: z.string().optional(),
      clientId: z.string().optional(),
      account: z.string().optional(),
    })
    .default({}),
  fault: faultSchema,
});
export type FaultRule = z.output<typeof faultRuleSchema>;
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
