import type { OutboundActKind } from '../../identity/index.js';
import type { FileFact } from '../rules/outbound-facts.js';

/** An address as it stands in a header. */
export interface ActAddress {
  /** Empty without one. */
  name: string;
  address: string;
}

/** A file that goes along. */
export interface ActFile extends FileFact {
  mimeType: string;
  sizeBytes: number;
  /** Of its bytes, in hex: another file of the same name is other content. */
  sha256: string;
}

/** A message as a person reads it who decides on it. Its texts are a stranger's: nothing in them is to be trusted. */
export interface ActMessage {
  /** Null: the account's own address, which Gmail puts in. */
  from: ActAddress | null;
  to: readonly ActAddress[];
  cc: readonly ActAddress[];
  bcc: readonly ActAddress[];
  /** Where answers go; none: to the sender. */
  replyTo: readonly ActAddress[];
  subject: string;
  text: string;
  /** Null without one. */
  html: string | null;
  files: readonly ActFile[];
  /** The conversation that it belongs to; null for a new one. */
  threadId: string | null;
  /** The Message-ID that it answers. */
  inReplyTo: string | null;
  /** In which it says to be written, as a tag (RFC 5646). */
  language: string | null;
  /** Its further headers but for those that are given anew at each composing, as a draft of another program may have. */
  headers: readonly { name: string; value: string }[];
}

/** A mail that is sent as it was composed (`users.messages.send`). */
export interface MessageAct {
  kind: Extract<OutboundActKind, 'send' | 'reply' | 'forward' | 'unsubscribe'>;
  message: ActMessage;
  request: {
    method: 'messages.send';
    /** The whole mail (RFC 5322) in base64url. */
    raw: string;
    /** The Message-ID that we gave, with its angle brackets. */
    messageId: string;
    threadId: string | null;
  };
}

/** A draft of the mailbox, sent as it was read (`users.drafts.send`). */
export interface DraftAct {
  kind: 'send_draft';
  message: ActMessage;
  request: {
    method: 'drafts.send';
    draftId: string;
    /** Of the draft's message when it was read: an edit gives it another, and is not what was decided on. */
    draftMessageId: string;
    /** The draft's Message-ID or that of our own header; null for a draft that has neither. */
    messageId: string | null;
  };
}

/** A setting after which mail leaves by itself, or others may send. */
export interface SettingAct {
  kind: Extract<OutboundActKind, 'forwarding_filter' | 'vacation' | 'forwarding' | 'delegate'>;
  /** To whom mail goes then, or who may send; none where that cannot be told beforehand. */
  recipients: readonly string[];
  /** What is set, as a person reads it. */
  settings: readonly { name: string; value: string }[];
  request: {
    method: 'settings';
    /** Repeating it does what doing it once does. */
    verb: 'POST' | 'PUT';
    /** Relative to `users/me/settings/`. */
    path: string;
    /** As Gmail takes it. */
    body: unknown;
  };
}

/** A mailing list's own server is asked to end a subscription (RFC 8058), which goes to no address. */
export interface OneClickAct {
  kind: 'unsubscribe';
  recipients: readonly [];
  /** What is asked of which server, as a person reads it. */
  settings: SettingAct['settings'];
  request: {
    /** Repeating it does what doing it once does. */
    method: 'one_click';
    /** The list's, as its mail names it. */
    url: string;
  };
}

/** What leaves a mailbox, or lets something leave it: what a person reads of it, and the request that does it. */
export type OutboundAct = MessageAct | DraftAct | SettingAct | OneClickAct;
export type OutboundRequest = OutboundAct['request'];

/** All bare addresses that an act goes to, each once. */
export function recipientsOf(act: OutboundAct): string[] {
  if (!('message' in act)) return [...new Set(act.recipients)];
  const { to, cc, bcc } = act.message;
  return [...new Set([...to, ...cc, ...bcc].map(({ address }) => address))];
}
