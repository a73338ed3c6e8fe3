import { TextDecoder } from 'node:util';
import { Parser } from 'htmlparser2';
import { Unreadable } from './unreadable.js';

export type Attributes = Readonly<Record<string, string>>;

/** Takes the events of an XML file; names come without their prefixes, which writers choose. */
export interface XmlHandler {
  /** What is inside of these elements is left out. */
  readonly skipped?: ReadonlySet<string>;
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Files of people stay below a hundredth of these. Out of memory in some places, V8 ends the whole process. */
const deepestElement = 2_000;
const mostAttributes = 10_000;
/** A name, a value or a comment that is longer. */
const longestTokenBytes = 8 * 1024 * 1024;

/**
 * Reads an XML file as its bytes come, without a tree. No document type is looked at: entities of its own stay as
 * they are written, nothing is expanded and nothing fetched.
 * @throws Unreadable for what no program writes: elements too deep in each other, too many attributes, endless names
 */
export async function readXml(bytes: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const events = new Events(handler);
  const parser = new Parser(events, { xmlMode: true, decodeEntities: true });
  let decoder: TextDecoder | null = null;
  let seen = -1;
  let tokenBytes = 0;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    parser.write(decoder.decode(chunk, { stream: true }));
    tokenBytes = events.count === seen ? tokenBytes + chunk.length : 0;
    seen = events.count;
    if (tokenBytes > longestTokenBytes) throw new Unreadable('damaged');
  }
  parser.end();
}

/** The value of an attribute, with whatever prefix. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  return attributes[name] ?? prefixed(attributes, name);
}

/** The value of an attribute that has a prefix, as `r:id` beside `id`. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** XML is UTF-8 or, with a mark, UTF-16 (https://www.w3.org/TR/xml/#charencoding). */
function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

class Events {
  count = 0;
  private depth = 0;
  private attributes = 0;
  private skippedFrom: number | null = null;

  constructor(private readonly handler: XmlHandler) {}

  onattribute(): void {
    this.count += 1;
    this.attributes += 1;
    if (this.attributes > mostAttributes) throw new Unreadable('damaged');
  }

  oncomment(): void {
    this.count += 1;
  }

  onopentag(qualifiedName: string, attributes: Attributes): void {
    this.count += 1;
    this.attributes = 0;
    this.depth += 1;
    if (this.depth > deepestElement) throw new Unreadable('damaged');
    if (this.skippedFrom !== null) return;
    const name = localName(qualifiedName);
    if (this.handler.skipped?.has(name) === true) this.skippedFrom = this.depth;
    else this.handler.open?.(name, attributes);
  }

  ontext(text: string): void {
    this.count += 1;
    if (this.skippedFrom === null) this.handler.text?.(text);
  }

  onclosetag(qualifiedName: string): void {
    this.count += 1;
    if (this.skippedFrom === null) this.handler.close?.(localName(qualifiedName));
    if (this.skippedFrom === this.depth) this.skippedFrom = null;
    this.depth -= 1;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
