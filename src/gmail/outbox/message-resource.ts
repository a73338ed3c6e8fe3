import { MediaUpload } from '../wire/media-upload.js';
import type { ComposedMail } from '../composing/compose-mail.js';

type WrittenMail = Pick<ComposedMail, 'mime' | 'threadId'>;

/** What is longer goes by the upload URI, as Google asks for: in JSON it would be a third longer, and in memory twice more. */
const longestInJsonBytes = 4_000_000;

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#Message */
export function messageBody({ mime, threadId }: WrittenMail): object {
  const about = threadId === undefined ? {} : { threadId };
  return isLong(mime) ? new MediaUpload(about, mime) : { raw: mime.toString('base64url'), ...about };
}

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts#Draft */
export function draftBody(mail: WrittenMail): object {
  const { mime, threadId } = mail;
  if (!isLong(mime)) return { message: messageBody(mail) };
  return new MediaUpload(threadId === undefined ? {} : { message: { threadId } }, mime);
}

function isLong(mime: Buffer): boolean {
  return mime.length > longestInJsonBytes;
}
