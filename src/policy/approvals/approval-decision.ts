import type { Actor, RequestSource } from '../../audit/index.js';
import type { ActDecision } from '../ledger/act-decisions.js';

/** A decision as an act's row keeps it. */
export function decisionOf(
  decision: ActDecision['decision'],
  contentDigest: string | undefined,
  { actor, source }: { actor: Actor; source: RequestSource },
): ActDecision {
  const decidedBy = actor.id === null ? actor.kind : `${actor.kind}:${actor.id}`;
  return { decision, contentDigest, decidedBy, actor, source };
}
