import { htmlToText } from '../../src/gmail/html/html-to-text.js';
import { WorkBudget } from '../../src/gmail/tree/work-budget.js';
import type { ChromiumReading } from './chromium-reading.js';
import { wordPattern } from './words.js';

/** Where our reading of a body and Chromium's differ. */
export interface Comparison {
  text: string;
  seen: number;
  links: number;
  lost: string[];
  shownUnseen: string[];
  wrongLinks: string[];
}

/** Targets stand in brackets behind the text that they belong to, or alone where there is none. */
export function compare(html: string, chromium: ChromiumReading): Comparison {
  const text = htmlToText(html, WorkBudget.ofMessage());
  const ours = new Set(text.match(new RegExp(wordPattern, 'g')) ?? []);
  const expected = new Map(
    [...chromium.links].flatMap(([href, words]) => targetOf(href).map((it) => [it, words])),
  );
  const wrongLinks: string[] = [];
  const found = new Set<string>();
  const links =
    /(?:(\S+)\s+\[((?:[a-z]+:|[a-z0-9-]+\.|[^\s@[\]]+@)\S*?)\](?=\s|$|[^\w/\]#&?=%])|(?<![\S[])([a-z]{3,6}:\S+))/gi;
  for (const [, before = '', inBrackets, alone] of text.matchAll(links)) {
    const target = canonical(inBrackets ?? alone ?? '');
    found.add(target);
    wrongLinks.push(...wrongAt(target, before, expected.get(target)));
  }
  for (const target of expected.keys()) if (!found.has(target)) wrongLinks.push(`${target} is missing`);
  return {
    text,
    seen: chromium.seen.size,
    links: expected.size,
    lost: [...chromium.seen].filter((word) => !ours.has(word)),
    shownUnseen: [...ours].filter((word) => !chromium.seen.has(word)),
    wrongLinks,
  };
}

function wrongAt(target: string, before: string, words: Set<string> | undefined): string[] {
  if (words === undefined) return [`${target} is in no link that is seen`];
  const [word] = before.match(wordPattern) ?? [];
  if (word === undefined) return words.size > 0 ? [`${target} stands apart from its text`] : [];
  return words.has(word) ? [] : [`${word} does not lead to ${target}`];
}

/** None for what leads nowhere outside of the mail, or is a program. */
function targetOf(href: string): string[] {
  const plain = href.trim().replaceAll(/[\t\n\r]/g, '');
  if (plain === '' || /^(?:#|javascript:|data:)/i.test(plain)) return [];
  return [canonical(/^[\\/]{2}/.test(plain) ? `https:${plain}` : plain)];
}

function canonical(target: string): string {
  // A mail address stands in our text without its scheme.
  if (target.startsWith('mailto:')) return target.slice('mailto:'.length);
  return URL.canParse(target) ? new URL(target).href : target;
}
