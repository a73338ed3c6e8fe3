import type { OutboundDecision } from '../rules/decide-outbound-act.js';
import type { RecipientFact } from '../rules/outbound-facts.js';
import type { OutboundAct } from './outbound-act.js';

/** The instance whose mailbox something leaves. */
export interface ActSender {
  /** Of the instance. */
  id: string;
  tenantId: string;
}

/** What is found out about an act before it is decided on; all else stands in the act. */
export interface ActFacts {
  /** Asks Gmail, so that it costs time and quota. Never rejects: who cannot be told about is new. */
  recipients(): Promise<readonly RecipientFact[]>;
  /** All addresses that mail of a thread is from or to, in small letters; none where that cannot be told. Never rejects. */
  participantsOf(threadId: string): Promise<ReadonlySet<string>>;
  /** What we put to the text ourselves: the quoted original of the same conversation, and the signature. */
  added: readonly string[];
  /** Whether it is only asked what would become of the act. */
  isDryRun: boolean;
}

/** What was found out of an act, as it is kept with it. */
export interface FoundFacts {
  /** Each as new, where nothing depended on it. */
  recipients: readonly RecipientFact[];
  /** See `CopiedFact` of the rules. */
  copied: readonly { threadId: string; participants: readonly string[] }[];
}

/** What the policy says of an act. */
export interface OutboundRuling {
  decision: OutboundDecision;
  found: FoundFacts;
  /** How long it waits for a person's decision, if it is held. */
  approvalLifeSeconds: number;
  /** Whether it is decided on only, whatever the caller asked for. */
  dryRun: boolean;
}

/** Decides on outbound acts, by what holds for their instance at that moment. */
export abstract class OutboundRules {
  abstract decide(sender: ActSender, act: OutboundAct, facts: ActFacts): Promise<OutboundRuling>;

  /**
   * Decides on an act again that was decided on before: by what holds now, and what was found out then. Nothing is asked
   * of Gmail, whose silence would decide.
   */
  abstract decideAgain(
    sender: ActSender,
    act: OutboundAct,
    found: FoundFacts,
  ): Promise<Pick<OutboundRuling, 'decision' | 'dryRun'>>;
}
