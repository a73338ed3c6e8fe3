import { headerValue } from './header-value.js';

/** A file that goes along with a mail. */
export interface MailFile {
  filename: string;
  /** Media type, such as `application/pdf`; what is none goes as any bytes. */
  mimeType: string;
  content: Buffer;
  /** Shown in the HTML where that names it (`<img src="cid:…">`, RFC 2392), instead of beside it. */
  contentId?: string | undefined;
}

/** "Maximum file size" on Gmail's page of `users.messages.send`: of the mail as it is uploaded, its files encoded. */
export const largestMailBytes = 36_700_160;

/** What stands in a mail beside its files and bodies: headers, boundaries. */
const framingBytes = 4_096;

/** How long files of so many bytes make a mail at least: base64, in lines of 76 characters (RFC 2045, section 6.8). */
export function encodedBytes(sizes: readonly number[]): number {
  return sizes.reduce(
    (sum, size) => sum + Math.ceil(size / 57) * 2 + Math.ceil(size / 3) * 4 + 512,
    framingBytes,
  );
}

/** A file as the composer takes it. */
export function attachmentOf({ filename, mimeType, content, contentId }: MailFile) {
  const isMail = /^message\//i.test(mimeType);
  return {
    filename: headerValue(filename).slice(0, longestNameChars) || 'attachment',
    contentType: mediaType.test(mimeType) ? mimeType.toLowerCase() : 'application/octet-stream',
    // A mail goes as it is (RFC 2046, section 5.2.1), so that its lines have to end as ours do.
    content: isMail ? withCrlf(content) : content,
    contentDisposition: contentId === undefined ? 'attachment' : 'inline',
    ...(contentId !== undefined && { cid: contentId }),
  };
}

const mediaType = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/i;
const longestNameChars = 255;

function withCrlf(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll(/\r\n?|\n/g, '\r\n'), 'latin1');
}
