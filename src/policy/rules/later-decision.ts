import type { OutboundDecision } from './decide-outbound-act.js';
import type { PolicyReason, PolicyReasonCode } from './policy-reasons.js';

/** Whether an act may still be done that was allowed, or approved, a while ago. */
export type LaterDecision =
  | { verdict: 'allow' }
  /** The policy forbids it by now, approved or not. */
  | { verdict: 'denied'; codes: readonly PolicyReasonCode[] }
  /** A person has to decide for reasons that none was shown. */
  | { verdict: 'not_approved'; codes: readonly PolicyReasonCode[] };

/**
 * Holds a decision of now against what a person has approved, which covers the reasons that were shown and no others.
 * @param approved empty for what the policy had allowed by itself
 */
export function laterDecision(decision: OutboundDecision, approved: readonly PolicyReason[]): LaterDecision {
  switch (decision.verdict) {
    case 'allow':
      return { verdict: 'allow' };
    case 'deny':
      return { verdict: 'denied', codes: decision.reasons.map(({ code }) => code) };
    case 'ask': {
      const codes = decision.reasons.filter((reason) => !covers(approved, reason)).map(({ code }) => code);
      return codes.length === 0 ? { verdict: 'allow' } : { verdict: 'not_approved', codes };
    }
  }
}

function covers(approved: readonly PolicyReason[], { code, subjects }: PolicyReason): boolean {
  const shown = approved.find((each) => each.code === code);
  return shown !== undefined && subjects.every((subject) => shown.subjects.includes(subject));
}
