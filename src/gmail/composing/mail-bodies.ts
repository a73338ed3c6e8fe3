import { textAsHtml } from './text-as-html.js';

/** Text and HTML that say the same. */
export interface BothForms {
  text: string;
  html: string;
}

/** What the bodies of a mail are made of, in its order. */
export interface WrittenBodies {
  /** Plain text. */
  body: string;
  /** The same as HTML, for programs that show it; made from the text when absent. */
  htmlBody?: string | undefined;
  signature?: BothForms | undefined;
  /** A message that is answered or forwarded. */
  quoted?: BothForms | undefined;
}

/** The two delimiters that mail programs know a signature by (RFC 3676, section 4.3). */
const signatureMark = '-- ';

/** The plain body of a mail, with its signature and what it quotes. */
export function plainBody({ body, signature, quoted }: WrittenBodies): string {
  const signed = signature === undefined ? body : `${body}\n\n${signatureMark}\n${signature.text}`;
  if (quoted === undefined) return signed;
  return signed === '' ? quoted.text : `${signed}\n\n${quoted.text}`;
}

/** The HTML of a mail; undefined where the plain body says nothing either. */
export function htmlBodyOf({ body, htmlBody, signature, quoted }: WrittenBodies): string | undefined {
  const written = htmlBody ?? (body === '' ? '' : textAsHtml(body));
  const sign =
    signature === undefined
      ? ''
      : `<br><div><span>${signatureMark}</span><br><div dir="ltr" class="gmail_signature">${signature.html}</div></div>`;
  const html = withinBody(written, `${sign}${quoted?.html ?? ''}`);
  return html === '' ? undefined : html;
}

/** At the end of what is shown of a document. */
function withinBody(html: string, more: string): string {
  if (more === '') return html;
  const end = html.search(/<\/body\s*>(?:\s*<\/html\s*>)?\s*$/i);
  return end < 0 ? html + more : html.slice(0, end) + more + html.slice(end);
}
