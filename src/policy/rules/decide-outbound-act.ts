import { recipientAddress, type PolicyMode } from '../../identity/index.js';
import { strictest, type EffectivePolicy } from './effective-policy.js';
import type {
  CopiedFact,
  MessageFacts,
  OutboundFacts,
  RecipientFact,
  VacationFacts,
} from './outbound-facts.js';
import type { PolicyReason, PolicyReasonCode } from './policy-reasons.js';
import type { SecretFinding } from '../secrets/secret-finding.js';

/** Whether an act may be done; if not at once, why. */
export type OutboundDecision =
  | { verdict: 'allow' }
  | { verdict: 'ask'; reasons: readonly PolicyReason[] }
  | { verdict: 'deny'; reasons: readonly PolicyReason[] };

/** What one rule says of an act. */
interface Ruling extends PolicyReason {
  mode: PolicyMode;
}

/** Decides on an act. Every rule has its say; deny beats ask, ask beats allow. */
export function decideOutboundAct(facts: OutboundFacts, policy: EffectivePolicy): OutboundDecision {
  const rulings = [ruling(policy.acts[facts.kind], 'act_kind'), ...rulingsOf(facts, policy)];
  const verdict = strictest(rulings.map(({ mode }) => mode));
  if (verdict === 'allow') return { verdict };
  const reasons = rulings
    .filter(({ mode }) => mode === verdict)
    .map(({ code, subjects }) => ({ code, subjects }));
  return { verdict, reasons };
}

function rulingsOf(facts: OutboundFacts, policy: EffectivePolicy): Ruling[] {
  if (facts.kind === 'vacation')
    return [
      ...audienceRulings(facts, policy),
      ...secretRulings(facts.findings, policy),
      ...copiedRulings(facts.copied, policy),
    ];
  const recipients = recipientRulings(facts.recipients, policy);
  if (!('files' in facts)) return recipients;
  const tellsOthers = ({ participants }: CopiedFact) =>
    facts.recipients.some((one) => isStranger(one, policy) && !participants.has(one.address.toLowerCase()));
  return [
    ...recipients,
    ...fileRulings(facts, policy),
    ...secretRulings(facts.findings, policy),
    ...copiedRulings(facts.copied.filter(tellsOthers), policy),
  ];
}

/** A rule about recipients: those whom it is about get its mode. */
function recipientRulings(recipients: readonly RecipientFact[], policy: EffectivePolicy): Ruling[] {
  const about = (mode: PolicyMode, code: PolicyReasonCode, applies: (one: RecipientFact) => boolean) => {
    const subjects = recipients.filter(applies).map(({ address }) => address);
    return subjects.length === 0 ? [] : [ruling(mode, code, subjects)];
  };
  return [
    ...about('deny', 'recipient_unreadable', ({ address }) => recipientAddress(address) === null),
    ...about('deny', 'recipient_denied', ({ address }) =>
      policy.denied.some((list) => list.forbids(address)),
    ),
    ...about(
      'deny',
      'recipient_not_allowed',
      ({ address }) => !policy.allowed.every((list) => list.permits(address)),
    ),
    ...about(
      policy.onlyKnownRecipients ? 'deny' : 'allow',
      'recipient_unknown',
      (one) => one.standing === 'new' && !isTrusted(one, policy),
    ),
    ...about(policy.newRecipients, 'new_recipient', (one) => isNewTo(one, policy)),
    ...about(policy.conversations, 'conversation', ({ inConversation }) => inConversation),
  ];
}

/**
 * Whether the mailbox has never written to a recipient from outside the conversation. Having heard from them does not
 * count: a mail that asks for others' mail comes from such an address.
 */
function isNewTo(recipient: RecipientFact, policy: EffectivePolicy): boolean {
  return recipient.standing !== 'written_to' && !recipient.inConversation && !isTrusted(recipient, policy);
}

/** Also within a conversation: one who has only written may have asked for just what goes along. */
function isStranger(recipient: RecipientFact, policy: EffectivePolicy): boolean {
  return recipient.standing !== 'written_to' && !isTrusted(recipient, policy);
}

function isTrusted({ address }: RecipientFact, { trusted }: EffectivePolicy): boolean {
  return trusted.length > 0 && trusted.every((list) => list.permits(address));
}

/** Whom it answers is not known beforehand, so that no list can be held against them. */
function audienceRulings({ audience }: VacationFacts, policy: EffectivePolicy): Ruling[] {
  const modes: PolicyMode[] = [
    ...(audience === 'anyone' ? [policy.newRecipients] : []),
    ...(policy.denied.length > 0 ? (['ask'] as const) : []),
    ...(policy.allowed.length > 0 ? (['deny'] as const) : []),
  ];
  return [ruling(strictest(modes), 'open_audience')];
}

function fileRulings({ files, recipients }: MessageFacts, policy: EffectivePolicy): Ruling[] {
  const outside = files.filter(({ origin }) => origin !== 'conversation').map(({ name }) => name);
  const others = files.filter(({ origin }) => origin === 'other_mail').map(({ name }) => name);
  const isForStranger = recipients.some((one) => isStranger(one, policy));
  return [
    ...(outside.length > 0 ? [ruling(policy.outsideFiles, 'outside_file', outside)] : []),
    ...(others.length > 0 && isForStranger ? [ruling(policy.secrets, 'other_conversation', others)] : []),
  ];
}

function secretRulings(findings: readonly SecretFinding[], policy: EffectivePolicy): Ruling[] {
  return findings.length > 0 ? [ruling(policy.secrets, 'secret', findings.map(described))] : [];
}

function copiedRulings(copied: readonly CopiedFact[], policy: EffectivePolicy): Ruling[] {
  const threads = copied.map(({ threadId }) => threadId);
  return threads.length > 0 ? [ruling(policy.secrets, 'other_conversation_text', threads)] : [];
}

function described({ rule, place }: SecretFinding): string {
  return `${rule} (${place})`;
}

function ruling(mode: PolicyMode, code: PolicyReasonCode, subjects: readonly string[] = []): Ruling {
  return { mode, code, subjects };
}
