import { convert } from 'html-to-text';
import iconv from 'iconv-lite';
import type { Mail, MailPart } from './mail.js';
import { partsOf } from './compose.js';

/** All that can be read in a mail's bodies, as Gmail's search and snippets see it. */
export function plainText(mail: Mail): string {
  return partsOf(mail.body)
    .flatMap((part) => bodyText(part) ?? [])
    .join('\n');
}

function bodyText(part: MailPart): string | null {
  if ('fileName' in part && part.fileName !== undefined) return null;
  const text = 'charset' in part ? decoded(part) : null;
  return text !== null && part.contentType === 'text/html' ? convert(text, { wordwrap: false }) : text;
}

function decoded(part: Extract<MailPart, { charset: string }>): string {
  if ('text' in part) return part.text;
  const bytes = Buffer.from(part.textBase64, 'base64');
  if (iconv.encodingExists(part.charset)) return iconv.decode(bytes, part.charset);
  try {
    return new TextDecoder(part.charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

export function fileNames(mail: Mail): string[] {
  return partsOf(mail.body).flatMap((part) =>
    'fileName' in part &&
    part.fileName !== undefined &&
    !('contentId' in part && part.contentId !== undefined)
      ? [part.fileName]
      : [],
  );
}

export function hasAttachment(mail: Mail): boolean {
  return (
    fileNames(mail).length > 0 ||
    partsOf(mail.body).some(({ contentType }) => contentType === 'message/rfc822')
  );
}
