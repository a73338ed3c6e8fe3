import { html, type Markup } from '../../pages/index.js';
import { readHtml, type HtmlReading } from '../approvals/html-reading.js';
import { shownText } from './shown-text.js';

/** So many targets are named at once. */
const mostTargets = 50;

/** Never as a page: what it would load, hide or look like is not to be trusted. */
export function htmlMarkup(source: string, plain: string): Markup {
  const { text, saysTheSame, isCut, unnamedTargets } = readHtml(source, plain);
  const heading = saysTheSame
    ? html`The formatted version (HTML) says the same`
    : html`<mark>The formatted version (HTML), which most recipients see, differs:</mark>`;
  return html`${hiddenLinks(unnamedTargets)}
    <details${saysTheSame ? '' : ' open'}>
      <summary>${heading}</summary>
      <p>Shown as plain text with its links written out, and never as a page, whose look could hide parts of it.</p>
      <pre dir="auto">${shownText(text)}</pre>
      ${isCut ? html`<p><mark>It is longer than what is shown here. All of it is in its source.</mark></p>` : html``}
    </details>
    <details>
      <summary>Source of the formatted version</summary>
      <pre>${shownText(source)}</pre>
    </details>`;
}

/** Where its links lead, as far as those who read the text are not told. */
function hiddenLinks(targets: HtmlReading['unnamedTargets']): Markup {
  if (targets.length === 0) return html``;
  const more = targets.length - mostTargets;
  return html`<p><mark>Links of the formatted version (HTML) that the text does not name:</mark></p>
    <ul>
      ${targets.slice(0, mostTargets).map((target) => html`<li><bdi>${shownText(target)}</bdi></li>`)}
      ${more > 0 ? html`<li>and ${String(more)} more, in its source</li>` : html``}
    </ul>`;
}
