import type { ActEvent, ActEventName, Actor, RequestSource } from '../../audit/index.js';
import type { PolicyReason } from '../rules/policy-reasons.js';
import { contentDigest } from '../acts/act-digest.js';
import { recipientsOf, type OutboundAct } from '../acts/outbound-act.js';
import type { ActSender } from '../acts/outbound-rules.js';
import type { StoredAct } from './stored-act.js';

type Told = Pick<
  StoredAct,
  | ('id' | 'tenantId' | 'instanceId' | 'kind' | 'verdict' | 'reasons' | 'contentDigest')
  | ('mcpTokenId' | 'personId' | 'clientId')
>;

/** Who asked for an act, as far as that is known when no request is there. */
function requesterOf({
  mcpTokenId,
  personId,
  tenantId,
}: Pick<Told, 'mcpTokenId' | 'personId' | 'tenantId'>): Actor {
  if (personId !== null) return { kind: 'person', id: personId, tenantId };
  // Acts of people from before their rows said so.
  if (mcpTokenId === null) return { kind: 'server', id: null, tenantId };
  return { kind: 'mcp-token', id: mcpTokenId, tenantId };
}

/** The client through which a person asked. */
function through(clientId: string | null): Pick<ActEvent, 'clientId'> {
  return clientId === null ? {} : { clientId };
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
    ...through(act.clientId),
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
  {
    sender,
    actor,
    clientId,
    source,
  }: { sender: ActSender; actor: Actor; clientId: string | null; source: RequestSource },
): ActEvent {
  return {
    event: 'act.denied',
    actor,
    subject: { kind: 'instance', id: sender.id },
    source,
    ...through(clientId),
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
