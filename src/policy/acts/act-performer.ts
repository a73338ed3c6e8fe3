import type { ErrorCode } from '../../errors/index.js';
import type { OutboundActKind } from '../../identity/index.js';
import type { OutboundRequest } from './outbound-act.js';

/** What became of a request that carries an act out. */
export type ActOutcome =
  | {
      status: 'done';
      /** Of the message among the sent mail; null for a setting. */
      id: string | null;
      threadId: string | null;
      labelIds: readonly string[];
      /** The draft that it was; Gmail has forgotten it by then. */
      draftId?: string;
    }
  /** It provably was not carried out. */
  | {
      status: 'not_sent';
      errorCode: ErrorCode;
      reason: string | null;
      field: string | null;
      /** For the caller; holds no text of a mail and none of the provider's. */
      message: string;
      /** What the caller is told of when to try again. */
      retryAfterSeconds: number | null;
      /** In how many seconds the server tries again by itself what a person approved; null where that does not help. */
      retryInSeconds: number | null;
      requiresReauth: boolean;
    }
  | { status: 'unknown' };

/** What a look into the mailbox says of a request that may have been carried out. */
export type ActTrace =
  | (ActOutcome & { status: 'done' })
  /** It is not there, and all places were looked into where it would be. */
  | { status: 'absent' }
  /** They could not be looked into: not allowed, too many, or Gmail did not answer. */
  | { status: 'unclear' };

/** A request on its way, and the mailbox that it is for. */
export interface ActOrder {
  tenantId: string;
  instanceId: string;
  kind: OutboundActKind;
  /** To how many it goes. */
  recipients: number;
  request: OutboundRequest;
}

/** Carries acts out at Gmail, and looks for what it has carried out. Both never reject. */
export abstract class ActPerformer {
  /**
   * Does it, once, if it can go out while the signal has not aborted; what went out is carried to its end. What was
   * ambiguous is looked for right away.
   */
  abstract perform(order: ActOrder, signal: AbortSignal): Promise<ActOutcome>;

  /** Looks for it. @param intendedSecondsAgo it did not go out before that */
  abstract trace(order: ActOrder, intendedSecondsAgo: number): Promise<ActTrace>;
}
