import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { type ComposedMail, composeMail, type MailContent } from './compose-mail.js';
import type { MailFile } from './mail-file.js';
import type { MailboxAddress } from './mailbox-address.js';

/** What is to be another in a draft; what is absent stays. */
export interface DraftChange {
  to?: readonly MailboxAddress[] | undefined;
  cc?: readonly MailboxAddress[] | undefined;
  bcc?: readonly MailboxAddress[] | undefined;
  subject?: string | undefined;
  /** Stands for both bodies, the HTML made from it where that is absent. */
  body?: string | undefined;
  htmlBody?: string | undefined;
}

/** The mail that a draft is after a change, which keeps its thread, its references, its sender and its files. */
export async function changedDraft(
  { mime, threadId }: { mime: Buffer; threadId: string },
  change: DraftChange,
): Promise<ComposedMail> {
  const draft = await PostalMime.parse(mime, { attachmentEncoding: 'arraybuffer' });
  const subject = change.subject ?? draft.subject ?? '';
  const references = referencesOf(draft.references, draft.inReplyTo);
  const mail = await composeMail({
    ...senderOf(draft),
    ...bodiesOf(draft, change),
    subject,
    to: change.to ?? addressesOf(draft.to),
    cc: change.cc ?? addressesOf(draft.cc),
    bcc: change.bcc ?? addressesOf(draft.bcc),
    reply: references.length === 0 ? undefined : { threadId, subject, references },
    files: draft.attachments.map(fileOf),
    language: draft.headers.find(({ key }) => key === 'content-language')?.value,
  });
  return { ...mail, threadId };
}

function senderOf({ from, replyTo }: Email): Pick<MailContent, 'from' | 'fromName' | 'replyTo'> {
  const [sender] = addressesOf(from === undefined ? [] : [from]);
  return { from: sender?.address ?? null, fromName: sender?.name, replyTo: addressesOf(replyTo)[0] };
}

function bodiesOf(draft: Email, { body, htmlBody }: DraftChange): Pick<MailContent, 'body' | 'htmlBody'> {
  if (body !== undefined) return { body, htmlBody };
  return { body: withoutLastBreak(draft.text ?? ''), htmlBody: draft.html && withoutLastBreak(draft.html) };
}

/** Message-IDs, oldest first, that of what is answered last. */
function referencesOf(references = '', inReplyTo = ''): string[] {
  const ids = references.match(/<[^<>\s]+>/g) ?? [];
  const answered = /<[^<>\s]+>/.exec(inReplyTo)?.[0];
  return answered === undefined ? ids : [...ids.filter((id) => id !== answered), answered];
}

function addressesOf(addresses: readonly Address[] = []): MailboxAddress[] {
  return addresses
    .flatMap((each) => each.group ?? [each])
    .flatMap(({ name, address }) => (address ? [{ name, address }] : []));
}

function fileOf({ filename, mimeType, content, contentId, related }: Attachment): MailFile {
  return {
    filename: filename ?? '',
    mimeType,
    content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
    // Only what the HTML shows is within it; some programs give every file such an id.
    contentId: related === true ? contentId?.replaceAll(/^<|>$/g, '') : undefined,
  };
}

/** The one that ends a body in MIME. */
function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}
