import type { ReadAct } from '../ledger/act-contents.js';
import type { PolicyReason } from '../rules/policy-reasons.js';
import type { StoredAct } from '../ledger/stored-act.js';

/** Whose act it is, in words for the person who decides. */
export interface ApprovalSurroundings {
  tenantName: string;
  instanceName: string;
  /** The address of the mailbox that is connected; null for none. */
  mailbox: string | null;
  /** What the MCP token is called that asked; null without a name, or for one that is gone. */
  tokenName: string | null;
  /** The address of the person for whom a client asked; null for none, or for one who is gone. */
  personEmail: string | null;
}

/** A held act with what a person needs to decide on it. */
export interface Approval {
  stored: StoredAct;
  /** Null where it does not open any more, since its row was changed by something else or its key is gone. */
  act: ReadAct | null;
  reasons: readonly PolicyReason[];
  surroundings: ApprovalSurroundings;
}

/** What a held act has come to, as people are told. */
export type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'expired';

/** `approved` says of itself what became of it, by the state of the act. */
export function approvalStatus({ state, overdue }: Pick<StoredAct, 'state' | 'overdue'>): ApprovalStatus {
  switch (state) {
    case 'held':
      return overdue ? 'expired' : 'pending';
    case 'rejected':
    case 'expired':
      return state;
    case 'approved':
    case 'intended':
    case 'done':
    case 'not_sent':
    case 'unknown':
      return 'approved';
  }
}

/** The addresses that the mailbox does not know, by the reasons for which it was held. */
export function newAddresses({ reasons }: Pick<Approval, 'reasons'>): ReadonlySet<string> {
  const about = reasons.filter(({ code }) => code === 'new_recipient' || code === 'recipient_unknown');
  return new Set(about.flatMap(({ subjects }) => subjects));
}
