import type { ActEvent, ActEventName, Actor, RequestSource } from '../../audit/index.js';
import type { PolicyReason } from '../rules/policy-reasons.js';
import { contentDigest } from '../acts/act-digest.js';
import { recipientsOf, type OutboundAct } from '../acts/outbound-act.js';
import type { ActSender } from '../acts/outbound-rules.js';
import type { StoredAct } from './stored-act.js';

type Told = Pick<
  StoredAct,
  'id' | 'tenantId' | 'instanceId' | 'kind' | 'verdict' | 'reasons' | 'contentDigest' | 'mcpTokenId'
>;

/** Who asked for an act, as far as that is known when no request is there. */
function requesterOf({ mcpTokenId, tenantId }: Pick<Told, 'mcpTokenId' | 'tenantId'>): Actor {
  // Of a person the row says nothing; what was said when it was put tells who it was.
  return mcpTokenId === null
    ? { kind: 'server', id: null, tenantId }
    : { kind: 'mcp-token', id: mcpTokenId, tenantId };
}

/** One step of an act, for the chain. To whom it goes is told once, when it is held or intended. */
export function actEvent(
  event: ActEventName,
  act: Told,
  {
    actor = requesterOf(act),
    source = null,
    recipients = [],
    outcome = null,
  }: {
    actor?: Actor;
    source?: RequestSource | null;
    recipients?: readonly string[];
    outcome?: string | null;
  } = {},
): ActEvent {
  return {
    event,
    actor,
    subject: { kind: 'instance', id: act.instanceId },
    source,
    actId: act.id,
    kind: act.kind,
    recipients,
    decision: act.verdict,
    reasons: act.reasons,
    approvalId: act.verdict === 'ask' ? act.id : null,
    contentDigest: act.contentDigest,
    outcome,
  };
}

/** An act that is denied, which has no row. */
export function deniedEvent(
  act: OutboundAct,
  reasons: readonly PolicyReason[],
  { sender, actor, source }: { sender: ActSender; actor: Actor; source: RequestSource },
): ActEvent {
  return {
    event: 'act.denied',
    actor,
    subject: { kind: 'instance', id: sender.id },
    source,
    actId: null,
    kind: act.kind,
    recipients: recipientsOf(act),
    decision: 'deny',
    reasons: reasons.map(({ code }) => code),
    approvalId: null,
    contentDigest: contentDigest(act),
    outcome: null,
  };
}
