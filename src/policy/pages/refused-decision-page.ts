import { html, type Page } from '../../pages/index.js';

/** Says that a decision was not taken, and why; the act is as it was. */
export function refusedDecisionPage(sentence: string, id: string): Page {
  return {
    title: 'Not decided',
    content: html`<p>${sentence}. Nothing was changed.</p>
      <p><a href="${id}">Look at it again</a></p>`,
    formTargets: null,
  };
}
