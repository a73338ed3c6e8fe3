import { decodeHTML } from 'entities';
import type { OutboundAct } from '../acts/outbound-act.js';
import type { OutgoingText } from '../secrets/find-secrets.js';

/** All that an act says in words, as a person would read it. What files hold is not among it, their names are. */
export function outgoingTexts(act: OutboundAct): OutgoingText[] {
  if (!('message' in act)) return act.settings.map(({ name, value }) => ({ name, text: value }));
  const { subject, text, html, files } = act.message;
  return [
    { name: 'subject', text: subject },
    { name: 'text', text },
    ...(html === null ? [] : [{ name: 'HTML', text: plainText(html) }]),
    ...files.map(({ name }) => ({ name: 'name of a file', text: name })),
  ].filter((each) => each.text !== '');
}

const blocks = /<(?:\/?(?:p|div|tr|table|ul|ol|li|h[1-6]|blockquote|pre)|br)\b[^<>]*>/giu;

/** The words of HTML: what tags stand between is one word, as it is shown. */
export function plainText(html: string): string {
  return decodeHTML(html.replace(blocks, '\n').replace(/<[^<>]*>/gu, ''));
}
