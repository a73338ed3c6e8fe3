/** Long enough to see what a text is. */
const lookedAtChars = 2_000;
/** What stands before the first tag: declarations and comments. */
const prologue = String.raw`^\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^>]{0,200}-->\s*)?`;
const attributes = String.raw`(?:\s[^<>]{0,500})?\/?>`;
const opening = new RegExp(
  `${prologue}<(?:!doctype\\s+html|html|head|body|meta|style|div|table|center|p|span|font|h[1-6]|ul|ol|section|article)${attributes}`,
  'i',
);
/** With these people begin, too, who write about HTML. */
const inlineOpening = new RegExp(`${prologue}<(?:a|b|strong|i|em|u|big|small|img|br)${attributes}`, 'i');
/** A first line that ends in a tag at once, as in `Dear Bob,<br>`. */
const brokenFirstLine = /^\s*[^<>\n]{0,200}[^\s<>]<br\s*\/?>/i;
const lineBreak = /<(?:br\s*\/?|\/p|\/div|\/tr|\/h[1-6]|\/li)>/gi;
const leastBreaks = 2;
const closing = /<\/[a-z][a-z0-9]{0,9}>/i;
const leastStyleRules = 2;

/** Whether a text is the source of HTML: a program put it into the plain part. */
export function isHtmlSource(text: string): boolean {
  const start = text.slice(0, lookedAtChars);
  if (opening.test(start)) return closing.test(text);
  if (!inlineOpening.test(start) && !brokenFirstLine.test(start)) return false;
  return (start.match(lineBreak)?.length ?? 0) >= leastBreaks;
}

/** The selectors of a rule on one line, or on several after commas: no line of prose. */
const selectors = String.raw`(?:[.#*]|[a-z])[^{};\n]{0,300}(?:,[ \t]*\r?\n[^{};\n]{1,300}){0,20}(?:\r?\n[ \t]*)?`;
const comment = String.raw`\/\*(?:[^*]|\*(?!\/))*\*\/`;
/** One rule, or a block of rules (`@media`), at the beginning of a text. */
const styleRule = new RegExp(
  String.raw`(?:\s|${comment})*(?:@[\w-]{1,30}[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@(?:import|charset)[^{};]{0,300};|${selectors}\{[^{}]*:[^{}]*\})`,
  'giy',
);

/** A text without style sheets before it, as programs leave them that only take the tags out of HTML. */
export function withoutLeadingStyle(text: string): string {
  let end = 0;
  let rules = 0;
  styleRule.lastIndex = 0;
  while (styleRule.test(text)) {
    end = styleRule.lastIndex;
    rules += 1;
  }
  return rules >= leastStyleRules ? text.slice(end) : text;
}
