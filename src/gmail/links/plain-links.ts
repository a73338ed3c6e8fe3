/** A URL where it stands in a text. */
export interface PlainLink {
  start: number;
  end: number;
  target: string;
}

/** What is beyond ASCII may be the sentence that goes on; `](` stands between the two parts of a link in Markdown. */
const url = /(?<![\p{L}\p{N}@])(?:(?:https?|ftp):\/\/|www\.)(?=[\w[])(?:(?!\]\()[!#-;=?-~])+/giu;
const letter = /[\p{L}\p{N}]/u;
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Whether it is worth looking for links in a text. */
export function mayHaveLinks(text: string): boolean {
  return text.includes('://') || /www\./i.test(text);
}

/** The links of a text as mail programs make them of it: without the full stop, or the bracket, behind them. */
export function* plainLinksIn(text: string): Generator<PlainLink> {
  for (const { 0: found, index } of text.matchAll(url)) {
    const target = withoutEnd(found);
    // If letters beyond ASCII follow at once, it is not clear where the URL ends.
    const isClear = target.length < found.length || !letter.test(text.charAt(index + found.length));
    if (isClear) yield { start: index, end: index + target.length, target };
  }
}

/** A loop, as a regular expression looks at the same marks again and again. */
function withoutEnd(found: string): string {
  let end = found.length;
  const surplus = surplusClosing(found);
  for (;;) {
    const last = found.charAt(end - 1);
    const open = closing[last];
    if (open !== undefined && (surplus[last] ?? 0) > 0) surplus[last] = (surplus[last] ?? 0) - 1;
    else if (last === '' || !".,;:!?'*_~|`\\^".includes(last)) break;
    end -= 1;
  }
  return found.slice(0, end);
}

/** How many closing brackets there are more than opening ones. */
function surplusClosing(text: string): Record<string, number> {
  const surplus: Record<string, number> = {};
  for (const [close, open] of Object.entries(closing))
    surplus[close] = count(text, close) - count(text, open);
  return surplus;
}

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found += 1;
  return found;
}
