import type { ComposedMail, RawDraft } from '../../gmail/index.js';
import type { MessageAct, OneClickAct, SettingAct } from '../../policy/index.js';
import type { FileOrigins } from './outgoing-reading.js';

/** Something that is to leave the mailbox. */
export type AskedAct =
  | {
      kind: MessageAct['kind'];
      mail: ComposedMail;
      /** Where its files come from; without it the caller has given them. */
      fileOrigins?: FileOrigins;
      /** What was put to the text that the caller gave, text or HTML: the quoted original, the signature. */
      added?: readonly string[];
    }
  | { kind: 'send_draft'; draft: RawDraft; fileOrigins?: FileOrigins }
  | SettingAct
  | OneClickAct;

export interface AskedTerms {
  /** Under which the act is done once; the content itself, for ten minutes, if it is left out. */
  idempotencyKey?: string | undefined;
  /** Only says what would become of it. */
  dryRun?: boolean | undefined;
}

/** What became of an act, as a tool may tell it. */
export type GateAnswer =
  | {
      status: 'sent';
      /** Of the message; null for a setting. */
      id: string | null;
      threadId: string | null;
      labelIds: readonly string[];
      recipients: number;
      /** It was done for an earlier call under the same key. */
      earlier: boolean;
    }
  | {
      status: 'held';
      approvalId: string;
      /** For a person to open, who has to sign in there. */
      approvalUrl: string;
      /** For a model. */
      reasons: readonly string[];
      expiresAt: string;
      recipients: number;
    }
  | {
      status: 'dry_run';
      decision: 'allow' | 'ask' | 'deny';
      reasons: readonly string[];
      recipients: number;
    };

/** The one way out of a mailbox, for one call. */
export interface ActGate {
  /**
   * Has the act decided on and counted, and carries it out, once, if it is allowed.
   * @throws EvergrantError `FORBIDDEN` with the reason `policy_denied` or `approval_rejected`; `CONFLICT` naming
   *   `idempotencyKey` for another act under its key; `UNKNOWN_ERROR` with the reason `outcomeUnknown`; what Gmail and the
   *   limits refuse
   */
  perform(asked: AskedAct, terms?: AskedTerms): Promise<GateAnswer>;
  /**
   * What became of a draft that Gmail does not know any more, for it was sent from here; null where it was not.
   * @throws EvergrantError as {@link perform} does for what is on its way or unknown
   */
  ofSentDraft(draftId: string): Promise<GateAnswer | null>;
}
