import { Parser } from 'htmlparser2';

/** Browsers stop nesting at about this depth, too. What one tag costs the parser grows with it. */
const maxDepth = 512;

export type Attributes = Readonly<Record<string, string>>;

/** Receives a document; every opened element is closed, except where the nesting became too deep. */
export interface HtmlHandler {
  onOpen(name: string, attributes: Attributes): void;
  onText(text: string): void;
  onClose(): void;
  /** What follows lies inside all that is open; none of it will be closed. */
  onTooDeep(): void;
}

/** Parses HTML of any shape in time linear to its length. */
export function parseHtml(html: string, handler: HtmlHandler): void {
  for (let rest = html; rest !== '';) {
    let depth = 0;
    const parser = new Parser({
      onopentag: (name, attributes) => {
        handler.onOpen(name, attributes);
        depth += 1;
        if (depth === maxDepth) parser.pause();
      },
      ontext: (text) => handler.onText(text),
      onclosetag: () => {
        depth -= 1;
        handler.onClose();
      },
    });
    parser.write(rest);
    if (depth < maxDepth) {
      parser.end();
      return;
    }
    handler.onTooDeep();
    rest = rest.slice(parser.endIndex + 1);
  }
}
