import type { Mailbox } from '../mail/mailbox.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { readWrittenMail, type WrittenMail } from '../mail/written-mail.js';
import { invalidArgument, notFound } from './gmail-error.js';

/** A mail that came in a request, whichever way, and the thread that it names. */
export interface HandedOverMail {
  raw: Buffer;
  threadId?: string | undefined;
}

/**
 * The mail as Gmail takes it: its From is the account's own address, or another one that the owner may send from
 * (`sendAs`, accepted); any other is replaced.
 */
export async function readMail({ raw }: HandedOverMail, mailbox: Mailbox): Promise<WrittenMail> {
  const written = await readWrittenMail(raw);
  const from = /<([^<>]+)>$/.exec(written.mail.from)?.[1] ?? written.mail.from;
  if (mailbox.settings.maySendAs(from)) return written;
  return { ...written, mail: { ...written.mail, from: mailbox.email } };
}

/** @throws GmailError 400 for a mail that cannot be sent */
export function checkRecipients({ recipients }: WrittenMail): void {
  if (recipients.length === 0) throw invalidArgument('Recipient address required');
  if (recipients.some((address) => !/^[^@\s]+@[^@\s]+$/.test(address)))
    throw invalidArgument('Invalid To header');
}

/** @throws GmailError 400 for what is no id, 404 for a thread that does not exist */
export function threadNamedBy({ threadId }: HandedOverMail, mailbox: Mailbox): string | undefined {
  if (threadId === undefined || threadId === '') return undefined;
  if (!/^[0-9a-f]{1,16}$/i.test(threadId)) throw invalidArgument('Invalid thread_id value');
  if (mailbox.thread(threadId).length === 0) throw notFound();
  return threadId;
}

/** The message of an answer to a write: without content, and without `labelIds` when there are none. */
export function referenceTo({ id, threadId, labelIds }: StoredMessage): object {
  return { id, threadId, ...(labelIds.length > 0 && { labelIds }) };
}
