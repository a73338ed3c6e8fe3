import { type CssNode, parse, walk } from 'css-tree';

/** Each level repeats what is around it. */
const maxChars = 2_000;

/** The selectors of a nested rule as they would stand alone (CSS Nesting, section 3); null where they are none. */
export function nestedIn(parent: string, list: string): string | null {
  const around = `:is(${parent})`;
  const selectors =
    partsOf(list)
      ?.map((part) => wholeOf(part, around))
      .join(',') ?? '';
  return selectors === '' || selectors.length > maxChars ? null : selectors;
}

interface Part {
  text: string;
  /** Where in it `&` stands. */
  references: number[];
}

function partsOf(list: string): Part[] | null {
  const parsed = parsedList(list);
  if (parsed?.type !== 'SelectorList') return null;
  return parsed.children.toArray().map((selector) => {
    const start = selector.loc?.start.offset ?? 0;
    const references: number[] = [];
    walk(selector, (node) => {
      if (node.type === 'NestingSelector') references.push((node.loc?.start.offset ?? 0) - start);
    });
    return { text: list.slice(start, selector.loc?.end.offset), references };
  });
}

function parsedList(list: string): CssNode | null {
  try {
    return parse(list, {
      context: 'selectorList',
      positions: true,
      onParseError(error) {
        throw error;
      },
    });
  } catch {
    return null;
  }
}

function wholeOf({ text, references }: Part, around: string): string {
  if (references.length === 0) return `${around} ${text}`;
  return references
    .toReversed()
    .reduce((whole, at) => `${whole.slice(0, at)}${around}${whole.slice(at + 1)}`, text);
}
