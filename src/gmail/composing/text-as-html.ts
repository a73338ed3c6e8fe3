import { escapeUTF8 } from 'entities';
import { find } from 'linkifyjs';

/** Beyond this, links are not looked for: that would keep other callers waiting. */
const longestLinkedText = 200_000;
/** Deeper quotations than any person reads. */
const deepestQuote = 20;

/** As Gmail writes them, which folds them away where they repeat the conversation. */
const quoteStart =
  '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">';

/**
 * The HTML that shows a plain text as it was written: its lines, its spaces, quoted lines (`>`) as quotations, and
 * links and addresses to click. Gmail's page wraps the lines of a draft without HTML when it is opened there, and
 * may put other links in place of the written ones. Nothing in the text becomes markup.
 */
export function textAsHtml(text: string): string {
  const isLinked = text.length <= longestLinkedText;
  let depth = 0;
  let html = '';
  for (const line of text.split(/\r\n?|\n/)) {
    const { quotes, content } = quotedLine(line);
    html += quoteStart.repeat(Math.max(0, quotes - depth));
    html += '</blockquote>'.repeat(Math.max(0, depth - quotes));
    depth = quotes;
    const shown = withSpaces(isLinked ? withLinks(content) : escapeUTF8(content));
    // Each line finds its own direction, so that right-to-left text is not laid out from the left.
    html += `<div dir="auto">${shown === '' ? '<br>' : shown}</div>`;
  }
  return html + '</blockquote>'.repeat(depth);
}

function quotedLine(line: string): { quotes: number; content: string } {
  const marks = new RegExp(`^(?:> ?){0,${deepestQuote}}`).exec(line)?.[0] ?? '';
  return { quotes: marks.replaceAll(' ', '').length, content: line.slice(marks.length) };
}

/** HTML shows one space for many, and none at the beginning of a line. */
function withSpaces(html: string): string {
  return html.replaceAll('\t', '    ').replaceAll(/^ | (?= )/g, '&nbsp;');
}

function withLinks(line: string): string {
  let html = '';
  let end = 0;
  for (const link of find(line, { defaultProtocol: 'https' })) {
    const value = link.value.replace(/[<>"].*$/s, '');
    if (!isMeantAsLink(link.type, value, line.slice(link.start + value.length))) continue;
    const href = link.href.slice(0, link.href.length - (link.value.length - value.length));
    html += escapeUTF8(line.slice(end, link.start));
    html += `<a href="${escapeUTF8(href)}">${escapeUTF8(value)}</a>`;
    end = link.start + value.length;
  }
  return html + escapeUTF8(line.slice(end));
}

/** `readme.md` and half a host name are none. */
function isMeantAsLink(type: string, value: string, rest: string): boolean {
  if (/^[.-]?[\p{L}\p{N}]/u.test(rest)) return false;
  return type === 'email' || /^(?:https?:\/\/|www\.)[^/]/i.test(value);
}
