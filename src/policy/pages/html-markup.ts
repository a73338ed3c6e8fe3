import { convert } from 'html-to-text';
import { Parser } from 'htmlparser2';
import { html, type Markup } from '../../pages/index.js';
import { shownText } from './shown-text.js';

/** So much HTML is read; no mail that a person wrote is longer. */
const mostHtmlLength = 1_000_000;
const deepestHtml = 200;
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
/** So many targets are named at once. */
const mostTargets = 50;

/** Never as a page: what it would load, hide or look like is not to be trusted. */
export function htmlMarkup(source: string, text: string): Markup {
  const words = wordsOf(source);
  const isCut = source.length > mostHtmlLength;
  const saysTheSame = !isCut && spaceless(wordsOf(source, { links: false })) === spaceless(text);
  const heading = saysTheSame
    ? html`The formatted version (HTML) says the same`
    : html`<mark>The formatted version (HTML), which most recipients see, differs:</mark>`;
  return html`${hiddenLinks(source, text)}
    <details${saysTheSame ? '' : ' open'}>
      <summary>${heading}</summary>
      <p>Shown as plain text with its links written out, and never as a page, whose look could hide parts of it.</p>
      <pre dir="auto">${shownText(words)}</pre>
      ${isCut ? html`<p><mark>It is longer than what is shown here. All of it is in its source.</mark></p>` : html``}
    </details>
    <details>
      <summary>Source of the formatted version</summary>
      <pre>${shownText(source)}</pre>
    </details>`;
}

/** Where its links lead, as far as those who read the text are not told. */
function hiddenLinks(source: string, text: string): Markup {
  const targets = [...new Set(targetsOf(source))].filter((target) => !text.includes(bareTarget(target)));
  if (targets.length === 0) return html``;
  const more = targets.length - mostTargets;
  return html`<p><mark>Links of the formatted version (HTML) that the text does not name:</mark></p>
    <ul>
      ${targets.slice(0, mostTargets).map((target) => html`<li><bdi>${shownText(target)}</bdi></li>`)}
      ${more > 0 ? html`<li>and ${String(more)} more, in its source</li>` : html``}
    </ul>`;
}

/** Of links, and of forms and pictures, which lead out as well. */
function targetsOf(source: string): string[] {
  const targets: string[] = [];
  const parser = new Parser({
    onopentag(_name, { href = '', action = '', src = '' }) {
      for (const target of [href, action, src]) if (target.trim() !== '') targets.push(target);
    },
  });
  parser.end(source.slice(0, mostHtmlLength));
  return targets;
}

/** As a person writes it in a text. */
function bareTarget(target: string): string {
  return target
    .trim()
    .replace(/^(?:mailto:|https?:\/\/(?=www\.))/i, '')
    .replace(/\/$/, '');
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
