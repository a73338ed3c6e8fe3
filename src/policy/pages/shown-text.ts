import { html, type Markup } from '../../pages/index.js';
import { shownParts } from '../approvals/unseen-characters.js';

/** A text with all that would stay unseen in it written out, as `[U+202E]`; nothing of it can turn around its surroundings. */
export function shownText(text: string): Markup {
  return html`${shownParts(text).map((part) =>
    part.isWrittenOut ? html`<mark>${part.text}</mark>` : html`${part.text}`,
  )}`;
}

/** Whether a text holds anything that {@link shownText} writes out. */
export function hidesSomething(text: string): boolean {
  return shownParts(text).some(({ isWrittenOut }) => isWrittenOut);
}
