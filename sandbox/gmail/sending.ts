import type { Backend } from '../backend.js';
import type { Account } from '../state/sandbox-state.js';
import {
  checkRecipients,
  type HandedOverMail,
  readMail,
  referenceTo,
  threadNamedBy,
} from './handed-over-mail.js';

/** `messages.send`, by whichever URI the mail came. @throws GmailError 400, 404 */
export async function sendMail(
  { mailboxes, postOffice }: Backend,
  { email }: Account,
  mail: HandedOverMail,
): Promise<object> {
  const mailbox = mailboxes.of(email);
  const written = await readMail(mail, mailbox);
  checkRecipients(written);
  const threadId = threadNamedBy(mail, mailbox);
  return referenceTo(postOffice.send(email, written, { method: 'messages.send', threadId }));
}

/** `drafts.create`, by whichever URI the mail came. @throws GmailError 400, 404 */
export async function createDraft(
  { mailboxes, postOffice }: Backend,
  { email }: Account,
  mail: HandedOverMail,
): Promise<object> {
  const mailbox = mailboxes.of(email);
  const written = await readMail(mail, mailbox);
  const { id, message } = postOffice.keepDraft(email, written, threadNamedBy(mail, mailbox));
  return { id, message: referenceTo(message) };
}
