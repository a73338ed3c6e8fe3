/** What ends a text and begins a signature (RFC 3676, section 4.3); its blank makes no soft line end. */
const signatureLine = '-- ';

/**
 * The paragraphs of a `format=flowed` text (RFC 3676): lines that end in a blank go on in the next one of the same
 * quotation. With `delsp` the blank was added only to say so.
 */
export function flowedText(text: string, delsp: boolean): string {
  const paragraphs: string[] = [];
  let open: { depth: number; text: string[] } | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const { depth, content } = unquoted(line);
    const isSoft = content.endsWith(' ') && content !== signatureLine;
    const goesOn = open !== null && open.depth === depth && content !== signatureLine;
    if (open !== null && !goesOn) {
      paragraphs.push(quoted(open));
      open = null;
    }
    open ??= { depth, text: [] };
    open.text.push(isSoft && delsp ? content.slice(0, -1) : content);
    if (isSoft) continue;
    paragraphs.push(quoted(open));
    open = null;
  }
  if (open !== null) paragraphs.push(quoted(open));
  return paragraphs.join('\n');
}

/** Without the marks of its quotation, and the blank that was stuffed in behind them. */
function unquoted(line: string): { depth: number; content: string } {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  const content = line.slice(depth);
  return { depth, content: content.startsWith(' ') ? content.slice(1) : content };
}

function quoted({ depth, text }: { depth: number; text: readonly string[] }): string {
  const marks = depth === 0 ? '' : `${'>'.repeat(depth)} `;
  return marks + text.join('');
}
