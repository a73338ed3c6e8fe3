import { convert } from 'html-to-text';
import type { Mail } from './mail.js';
import { partsOf } from './compose.js';

/** All that can be read in a mail's bodies, as Gmail's search and snippets see it. */
export function plainText(mail: Mail): string {
  return partsOf(mail.body)
    .flatMap((part) => ('text' in part ? [part] : []))
    .map(({ contentType, text }) => (contentType === 'text/html' ? convert(text, { wordwrap: false }) : text))
    .join('\n');
}

export function fileNames(mail: Mail): string[] {
  return partsOf(mail.body).flatMap((part) =>
    'fileName' in part && part.contentId === undefined ? [part.fileName] : [],
  );
}
