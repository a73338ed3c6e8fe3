import { z } from 'zod';

// Only what is used is checked, so that an addition of Google's breaks nothing.

export const messageListAnswer = z.object({
  messages: z.array(z.object({ id: z.string(), threadId: z.string() })).default([]),
  nextPageToken: z.string().optional(),
  resultSizeEstimate: z.number().optional(),
});
/** One page of message ids; `resultSizeEstimate` is no more than its name says. */
export type MessageList = z.infer<typeof messageListAnswer>;

const header = z.object({ name: z.string(), value: z.string() });

/** One MIME part; `body.data` is base64url with the transfer encoding undone, in the part's own charset. */
export interface MessagePart {
  /** Where it stands in the message; the message itself has none. */
  partId?: string | undefined;
  mimeType: string;
  filename: string;
  headers: { name: string; value: string }[];
  body: { attachmentId?: string | undefined; size: number; data?: string | undefined };
  parts: MessagePart[];
  /** Ours: some of its parts, or its content, went beyond a bound (`boundParts`). */
  partsLeftOut?: boolean | undefined;
}

const messagePart: z.ZodType<MessagePart> = z.object({
  partId: z.string().optional(),
  mimeType: z.string().default(''),
  filename: z.string().default(''),
  headers: z.array(header).default([]),
  body: z
    .object({ attachmentId: z.string().optional(), size: z.number().default(0), data: z.string().optional() })
    .default({ size: 0 }),
  get parts() {
    return z.array(messagePart).default([]);
  },
  partsLeftOut: z.boolean().optional(),
});

export const messageAnswer = z.object({
  id: z.string(),
  threadId: z.string(),
  labelIds: z.array(z.string()).default([]),
  snippet: z.string().default(''),
  /** Milliseconds since the epoch, as a decimal string. */
  internalDate: z.string().optional(),
  payload: messagePart.optional(),
});
/** A message as `users.messages.get` gives it, in any format. */
export type GmailMessage = z.infer<typeof messageAnswer>;

export const threadAnswer = z.object({
  id: z.string(),
  /** Oldest first. */
  messages: z.array(messageAnswer).default([]),
});
/** A thread as `users.threads.get` gives it: all of its messages, in any format. */
export type GmailThread = z.infer<typeof threadAnswer>;

export const threadListAnswer = z.object({
  threads: z.array(z.object({ id: z.string() })).default([]),
  nextPageToken: z.string().optional(),
  resultSizeEstimate: z.number().optional(),
});
/** One page of thread ids; `resultSizeEstimate` is no more than its name says. */
export type ThreadList = z.infer<typeof threadListAnswer>;

const changedMessage = z.object({
  message: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()).default([]) }),
  labelIds: z.array(z.string()).default([]),
});
const changedMessages = z.array(changedMessage).default([]);

export const historyAnswer = z.object({
  /** Oldest first. */
  history: z
    .array(
      z.object({
        id: z.string(),
        messagesAdded: changedMessages,
        messagesDeleted: changedMessages,
        labelsAdded: changedMessages,
        labelsRemoved: changedMessages,
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
  /** That of the mailbox as it is now. */
  historyId: z.string(),
});
/** One page of what changed in a mailbox, as `users.history.list` gives it. */
export type MailboxHistory = z.infer<typeof historyAnswer>;

export const labelAnswer = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['system', 'user']).catch('user'),
});
export type GmailLabel = z.infer<typeof labelAnswer>;

export const labelListAnswer = z.object({ labels: z.array(labelAnswer).default([]) });

export const filterAnswer = z.object({
  id: z.string(),
  criteria: z
    .object({
      from: z.string().optional(),
      to: z.string().optional(),
      subject: z.string().optional(),
      query: z.string().optional(),
      negatedQuery: z.string().optional(),
      hasAttachment: z.boolean().optional(),
      excludeChats: z.boolean().optional(),
      size: z.number().optional(),
      sizeComparison: z.string().optional(),
    })
    .default({}),
  action: z
    .object({
      addLabelIds: z.array(z.string()).optional(),
      removeLabelIds: z.array(z.string()).optional(),
      forward: z.string().optional(),
    })
    .default({}),
});
export type GmailFilter = z.infer<typeof filterAnswer>;

export const filterListAnswer = z.object({ filter: z.array(filterAnswer).default([]) });

/** What a write answers: the message without its content, and without `labelIds` when it has none. */
export const messageReferenceAnswer = z.object({
  id: z.string(),
  threadId: z.string(),
  labelIds: z.array(z.string()).default([]),
});
export type MessageReference = z.infer<typeof messageReferenceAnswer>;

/** What a write to a thread answers. */
export const threadReferenceAnswer = z.object({ id: z.string() });

export const draftAnswer = z.object({ id: z.string(), message: messageReferenceAnswer });
/** A draft; its own id is stable, that of its message changes when it is edited. */
export type GmailDraft = z.infer<typeof draftAnswer>;

export const draftListAnswer = z.object({
  drafts: z.array(z.object({ id: z.string() })).default([]),
  nextPageToken: z.string().optional(),
  resultSizeEstimate: z.number().optional(),
});
/** One page of draft ids. */
export type DraftList = z.infer<typeof draftListAnswer>;

export const readDraftAnswer = z.object({ id: z.string(), message: messageAnswer });
/** A draft with its message in format `metadata` or `full`. */
export type ReadDraft = z.infer<typeof readDraftAnswer>;

export const rawDraftAnswer = z.object({
  id: z.string(),
  message: z.object({ id: z.string(), threadId: z.string(), raw: z.string() }),
});

export const draftSizeAnswer = z.object({ message: z.object({ sizeEstimate: z.number().optional() }) });

export const attachmentAnswer = z.object({ data: z.string() });

export const profileAnswer = z.object({
  emailAddress: z.string(),
  messagesTotal: z.number(),
  threadsTotal: z.number(),
  historyId: z.string(),
});
export type GmailProfile = z.infer<typeof profileAnswer>;

export const sendAsAnswer = z.object({
  sendAsEmail: z.string(),
  displayName: z.string().default(''),
  replyToAddress: z.string().default(''),
  /** HTML. */
  signature: z.string().default(''),
  isPrimary: z.boolean().default(false),
  isDefault: z.boolean().default(false),
  /** Of an address that is not the account's own. */
  verificationStatus: z.string().optional(),
});
export const sendAsListAnswer = z.object({ sendAs: z.array(sendAsAnswer).default([]) });
/** An address that the account may send as. */
export type SendAs = z.infer<typeof sendAsAnswer>;

export const rawMessageAnswer = z.object({ raw: z.string() });
