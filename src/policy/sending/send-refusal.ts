import { EvergrantError } from '../../errors/index.js';
import type { SendDecision, SendLimitName } from './send-decision.js';

/** What each limit allows, said to the model. */
const sentences = {
  messages_per_hour: (most) => `${most} messages an hour`,
  messages_per_day: (most) => `${most} messages a day`,
  recipients_per_hour: (most) => `to ${most} recipients an hour`,
  recipients_per_day: (most) => `to ${most} recipients a day`,
  recipients_per_message: (most) => `to ${most} recipients in one message`,
} as const satisfies Record<SendLimitName, (most: number) => string>;

/** The limit that a mail would meet, said to the model. */
export function limitForModel(decision: Exclude<SendDecision, { verdict: 'allowed' }>): string {
  const { limit, most } = decision;
  const limited = `this connection may send ${sentences[limit](most)}, to, cc and bcc together`;
  if (decision.verdict === 'never') return `${limited}, and waiting would not help`;
  return `${limited}, and the next one in ${decision.retryAfterSeconds} seconds`;
}

/** Why a mail may not leave: its `reason` is the limit that it meets. */
export function sendRefusal(decision: Exclude<SendDecision, { verdict: 'allowed' }>): EvergrantError {
  const { limit: reason, most } = decision;
  const refused = `Nothing was sent: this connection may send ${sentences[reason](most)}, to, cc and bcc together`;
  if (decision.verdict === 'wait') {
    const { retryAfterSeconds } = decision;
    return new EvergrantError('RATE_LIMITED', { reason, retryAfterSeconds, message: refused });
  }
  const message = `${refused}. Waiting would not help: send to fewer people, if the user agrees`;
  return new EvergrantError('VALIDATION_FAILED', { field: 'to', reason, message });
}
