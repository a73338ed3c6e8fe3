/** Long enough to see what a text is. */
const lookedAtChars = 2_000;
const opening =
  /^\s*(?:<!--[^>]{0,200}-->\s*)?<(?:!doctype\s+html|html|head|body|meta|style|div|table|center|p|span|font)(?:\s[^<>]{0,500})?>/i;
const leastStyleRules = 2;

/** Whether a text is the source of HTML: a program put it into the plain part. */
export function isHtmlSource(text: string): boolean {
  const start = text.slice(0, lookedAtChars);
  return opening.test(start) && /<\/[a-z][a-z0-9]{0,9}>/i.test(text);
}

/** One rule, or a block of rules (`@media`), at the beginning of a text. */
const styleRule =
  /\s*(?:@[\w-]{1,30}[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@(?:import|charset)[^{};]{0,300};|(?:[.#*]|[a-z])[^{};]{0,300}\{[^{}]*:[^{}]*\})/giy;

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
