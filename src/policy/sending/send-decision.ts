import { lowestLimit, type PolicyCaps } from '../rules/effective-policy.js';

/** How much mail may leave one instance; 0 sets no limit. */
export interface SendLimits {
  messagesPerHour: number;
  messagesPerDay: number;
  recipientsPerHour: number;
  recipientsPerDay: number;
  recipientsPerMessage: number;
}

/** A mail that left, or may have. */
export interface EarlierSend {
  ageSeconds: number;
  recipients: number;
}

/** The limits as errors and metrics call them. */
export const sendLimitNames = [
  'messages_per_hour',
  'messages_per_day',
  'recipients_per_hour',
  'recipients_per_day',
  'recipients_per_message',
] as const;
export type SendLimitName = (typeof sendLimitNames)[number];

/** Whether a mail may leave; if not, which limit it meets, and whether waiting mends that. */
export type SendDecision =
  | { verdict: 'allowed' }
  | { verdict: 'wait'; limit: SendLimitName; most: number; retryAfterSeconds: number }
  | { verdict: 'never'; limit: SendLimitName; most: number };

interface SlidingWindow {
  limit: SendLimitName;
  most: number;
  windowSeconds: number;
  cost: (mail: { recipients: number }) => number;
}

const secondsPerHour = 3_600;
const secondsPerDay = 86_400;

/**
 * Decides on a mail by those that left before it, oldest first. The windows slide: within no hour and no day does more
 * leave than allowed, wherever one begins to count. Of several limits the one counts that frees last.
 */
export function sendDecision(
  limits: SendLimits,
  earlier: readonly EarlierSend[],
  mail: { recipients: number },
): SendDecision {
  const { recipientsPerMessage } = limits;
  if (recipientsPerMessage > 0 && mail.recipients > recipientsPerMessage)
    return { verdict: 'never', limit: 'recipients_per_message', most: recipientsPerMessage };
  let decision: SendDecision = { verdict: 'allowed' };
  let longestSeconds = 0;
  for (const window of windows(limits)) {
    const { limit, most } = window;
    const waitSeconds = secondsUntilFree(window, earlier, window.cost(mail));
    if (waitSeconds === Infinity) return { verdict: 'never', limit, most };
    if (waitSeconds <= longestSeconds) continue;
    longestSeconds = waitSeconds;
    decision = { verdict: 'wait', limit, most, retryAfterSeconds: Math.ceil(waitSeconds) };
  }
  return decision;
}

/** The deployment's limits with a policy's caps: of two, the lower one. */
export function limitsWithin(deployment: SendLimits, caps: PolicyCaps): SendLimits {
  return {
    messagesPerHour: lowestLimit(deployment.messagesPerHour, caps.messagesPerHour),
    messagesPerDay: lowestLimit(deployment.messagesPerDay, caps.messagesPerDay),
    recipientsPerHour: lowestLimit(deployment.recipientsPerHour, caps.recipientsPerHour),
    recipientsPerDay: lowestLimit(deployment.recipientsPerDay, caps.recipientsPerDay),
    recipientsPerMessage: deployment.recipientsPerMessage,
  };
}

/** Whether there is any limit that needs to know what left before. */
export function countsSends(limits: SendLimits): boolean {
  return windows(limits).length > 0;
}

function windows(limits: SendLimits): SlidingWindow[] {
  const message = (): number => 1;
  const recipients: SlidingWindow['cost'] = (mail) => mail.recipients;
  const [hour, day] = [{ windowSeconds: secondsPerHour }, { windowSeconds: secondsPerDay }];
  const all: SlidingWindow[] = [
    { ...hour, limit: 'messages_per_hour', most: limits.messagesPerHour, cost: message },
    { ...day, limit: 'messages_per_day', most: limits.messagesPerDay, cost: message },
    { ...hour, limit: 'recipients_per_hour', most: limits.recipientsPerHour, cost: recipients },
    { ...day, limit: 'recipients_per_day', most: limits.recipientsPerDay, cost: recipients },
  ];
  return all.filter(({ most }) => most > 0);
}

/** 0 when the mail fits into the window now, infinite when it does not fit into an empty one. */
function secondsUntilFree(
  { most, windowSeconds, cost }: SlidingWindow,
  earlier: readonly EarlierSend[],
  wanted: number,
): number {
  if (wanted > most) return Infinity;
  const inside = earlier.filter(({ ageSeconds }) => ageSeconds < windowSeconds);
  let used = inside.reduce((sum, mail) => sum + cost(mail), 0);
  let waitSeconds = 0;
  for (const oldest of inside) {
    if (used + wanted <= most) break;
    used -= cost(oldest);
    waitSeconds = windowSeconds - oldest.ageSeconds;
  }
  return waitSeconds;
}
