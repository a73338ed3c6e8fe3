import { defaultOAuthServiceTimeoutMs } from '../config/index.js';

/** The steps that a refresh may go through one after the other, in milliseconds. */
const steps = {
  /** One call of the OAuth service, repetitions included; `OAUTH_SERVICE_TIMEOUT_MS` replaces this default. */
  serviceMs: defaultOAuthServiceTimeoutMs,
  /** Asking the OAuth service what became of a request whose answer was lost. */
  recallMs: 2_000,
  /** Asking the provider, repetitions included: on the direct path, and by the OAuth service itself. */
  providerMs: 8_000,
  /** Confirming a verdict over the other path. */
  confirmationMs: 5_000,
};

const refreshMs = steps.serviceMs + steps.recallMs + steps.providerMs;
const wholeMs = refreshMs + steps.confirmationMs;
/** What is left for the answer's way to the caller. */
const answerMs = 500;

/**
 * How long getting a token may take, in milliseconds: every time limit on the way is one of these, and each is a
 * part of the 25 seconds that a caller is promised.
 */
export const timeBudget = {
  ...steps,
  /** A refresh over both paths. */
  refreshMs,
  /** A refresh and the confirmation of its verdict. */
  wholeMs,
  /** How long a caller waits for a refresh, which goes on without it. */
  callerWaitMs: wholeMs - answerMs,
  /** What the OAuth service may take at most, whatever `OAUTH_SERVICE_TIMEOUT_MS` says: the provider's part is kept. */
  longestServiceMs: refreshMs - steps.providerMs,
  /** Connecting to the OAuth service. */
  serviceConnectMs: 2_000,
  /** Connecting to the provider. */
  providerConnectMs: 3_000,
  /** Having the OAuth service prove that it is ours, for a request's sake or to tell how it is. */
  serviceHelloMs: 2_000,
  /** Waiting for an attempt that an earlier holder of the lease left open, and that still runs. */
  openAttemptMs: 10_000,
  /** Between two looks at an attempt that still runs elsewhere. */
  recallPollMs: 200,
  /** An attempt that gets less time than this would only hide the answer before it. */
  shortestAttemptMs: 500,
  /** How often the OAuth service, or the provider, is asked within its part. */
  maxAttempts: 3,
} as const;
