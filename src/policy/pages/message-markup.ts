import { convert } from 'html-to-text';
import { html, type Markup } from '../../pages/index.js';
import type { ActMessage } from '../acts/outbound-act.js';
import { fileList } from './file-list.js';
import { recipientLists } from './recipient-lists.js';
import { shownAddress } from './shown-address.js';
import { hidesSomething, shownText } from './shown-text.js';

/** So much HTML is read; no mail that a person wrote is longer. */
const mostHtmlLength = 1_000_000;
const deepestHtml = 200;
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** A message, word for word. */
export function messageMarkup(message: ActMessage, newAddresses: ReadonlySet<string>): Markup {
  const { from, to, cc, bcc, subject, text, html: htmlPart, files } = message;
  const lists = [
    { heading: 'To', recipients: to },
    { heading: 'Cc', recipients: cc },
    { heading: 'Bcc, hidden from the others', recipients: bcc },
  ];
  return html`${
      from === null
        ? html``
        : html`<h2>From</h2>
            <p>${shownAddress(from)}</p>`
    }
    ${recipientLists(lists, newAddresses)}
    <h2>Subject</h2>
    <p dir="auto"><bdi>${subject === '' ? '(none)' : shownText(subject)}</bdi></p>
    <h2>Text</h2>
    ${text === '' ? html`<p>(none)</p>` : html`<pre dir="auto">${shownText(text)}</pre>`}
    ${
      hidesSomething(subject + text)
        ? html`<p>Marked like <mark>[U+202E]</mark> are characters that would not be seen.</p>`
        : html``
    }
    ${htmlPart === null ? html`` : htmlMarkup(htmlPart, text)} ${fileList(files)}`;
}

/** Never as a page: what it would load, hide or look like is not to be trusted. */
function htmlMarkup(source: string, text: string): Markup {
  const words = wordsOf(source);
  const saysTheSame = spaceless(wordsOf(source, { links: false })) === spaceless(text);
  const heading = saysTheSame
    ? html`The formatted version (HTML) says the same`
    : html`<mark>The formatted version (HTML), which most recipients see, differs:</mark>`;
  return html`<details${saysTheSame ? '' : ' open'}>
      <summary>${heading}</summary>
      <p>Shown as plain text with its links written out, and never as a page, whose look could hide parts of it.</p>
      <pre dir="auto">${shownText(words)}</pre>
    </details>
    <details>
      <summary>Source of the formatted version</summary>
      <pre>${shownText(source)}</pre>
    </details>`;
}

function wordsOf(source: string, { links } = { links: true }): string {
  return convert(source.slice(0, mostHtmlLength), {
    wordwrap: false,
    selectors: [
      ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
      ...(links ? [] : [{ selector: 'a', options: { ignoreHref: true } }]),
    ],
    limits: { maxInputLength: mostHtmlLength, maxDepth: deepestHtml },
  });
}

/** Lines and spaces are broken otherwise in HTML. */
function spaceless(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
