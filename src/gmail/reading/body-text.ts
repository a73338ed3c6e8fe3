import { WorkBudget } from '../tree/work-budget.js';
import { childId, deepestPart, kindOf, mimeTypeOf, type PartKind } from '../client/message-parts.js';
import type { MessagePart } from '../client/answers.js';
import { documentTexts } from '../documents/document-texts.js';
import { Anchors, withoutMarks } from '../links/anchors.js';
import { linkWarnings } from '../links/link-warnings.js';
import type { MessageLink } from '../links/message-link.js';
import { writeLinks } from '../links/written-links.js';
import { type LeftOut, withNotices } from './left-out.js';
import { saysElse, saysTheSame } from '../text/says-else.js';
import { htmlPartText, plainPartText } from './text-body.js';

/** A message's readable text, and what it was made from. */
export interface BodyText {
  text: string;
  source: 'text/plain' | 'text/html' | 'none';
  /** The part with a plain text that says something else than the HTML that people see; null when there is none. */
  otherTextPartId: string | null;
  /** What is not in the text because of a bound; the text says so, too. */
  leftOut: LeftOut[];
  /** All of its links; those that are long stand in the text shortened, with their id. */
  links: MessageLink[];
  /** Of links that name another host than they open. */
  warnings: string[];
}

interface Body {
  source: BodyText['source'];
  text: string;
  partId: string;
}

/** How the parts of one message are read. */
interface Reading {
  readonly plain: (part: MessagePart) => string;
  readonly html: (part: MessagePart) => string;
  readonly anchors: Anchors;
  readonly onPartsLeftOut: () => void;
  readonly onOtherText: (partId: string) => void;
}

const nothing: Body = { source: 'none', text: '', partId: '' };

/**
 * The text that a person sees: of alternatives (RFC 2046, section 5.1.4) the HTML, as mail programs show it, unless
 * there is none or it says nothing; of other multiparts all texts in order; then what invitations and reports say.
 * Never an attachment, unless nothing else has text.
 */
export function bodyText(payload: MessagePart | undefined, budget = WorkBudget.ofMessage()): BodyText {
  return readBody(payload, budget, new Set<LeftOut>(), (part, anchors) =>
    htmlPartText(part, budget, anchors),
  );
}

/** The same without any HTML, for a message whose HTML cannot be read; the text says that it was left out. */
export function bodyWithoutHtml(payload: MessagePart | undefined, reason: LeftOut): BodyText {
  const leftOut = new Set<LeftOut>();
  return readBody(payload, WorkBudget.ofEventLoop(), leftOut, () => {
    leftOut.add(reason);
    return '';
  });
}

function readBody(
  payload: MessagePart | undefined,
  budget: WorkBudget,
  leftOut: Set<LeftOut>,
  html: (part: MessagePart, anchors: Anchors) => string,
): BodyText {
  const others: string[] = [];
  const anchors = new Anchors();
  const reading: Reading = {
    plain: (part) => plainPartText(part, budget, anchors),
    html: (part) => html(part, anchors),
    anchors,
    onPartsLeftOut: () => leftOut.add('parts'),
    onOtherText: (partId) => others.push(partId),
  };
  const id = payload?.partId ?? '';
  const unnamed = bodyOf(payload, { reading, shown: ['text', 'html'], id, depth: 0 });
  const body =
    unnamed.text === ''
      ? named(bodyOf(payload, { reading, shown: ['namedText'], id, depth: 0 }), unnamed)
      : unnamed;
  const documents = documentTexts(payload, budget).map(withoutMarks);
  const written = writeLinks([body.text, ...documents].filter((each) => each !== '').join('\n\n'), anchors);
  for (const bound of budget.leftOut) leftOut.add(bound);
  return {
    text: withNotices(written.text, leftOut),
    source: body.source,
    otherTextPartId: others[0] ?? null,
    leftOut: [...leftOut],
    links: written.links,
    warnings: linkWarnings(written.anchors),
  };
}

/** A text with a name is shown where no other says anything. */
function named(body: Body, unnamed: Body): Body {
  return body.source === 'none' ? unnamed : body;
}

interface Place {
  reading: Reading;
  shown: readonly PartKind[];
  id: string;
  depth: number;
  parent?: MessagePart;
}

function bodyOf(part: MessagePart | undefined, place: Place): Body {
  if (part === undefined) return nothing;
  const { reading, shown, id, depth, parent } = place;
  if (part.partsLeftOut === true || depth > deepestPart) reading.onPartsLeftOut();
  if (depth > deepestPart) return nothing;
  const kind = kindOf(part, parent);
  if (kind !== 'container') return shown.includes(kind) ? leafBody(part, place) : nothing;
  const bodies = part.parts
    .map((child, index) =>
      bodyOf(child, { ...place, id: childId(id, index), depth: depth + 1, parent: part }),
    )
    .filter(({ source }) => source !== 'none');
  return mimeTypeOf(part) === 'multipart/alternative' ? chosen(bodies, reading) : joined(bodies, reading);
}

function leafBody(part: MessagePart, { reading, id }: Place): Body {
  if (mimeTypeOf(part) === 'text/html') return { source: 'text/html', text: reading.html(part), partId: id };
  return { source: 'text/plain', text: reading.plain(part), partId: id };
}

function chosen(alternatives: Body[], reading: Reading): Body {
  const plain = alternatives.find(({ source, text }) => source === 'text/plain' && text !== '');
  const html = alternatives.findLast(({ source, text }) => source === 'text/html' && text !== '');
  if (html === undefined) return plain ?? alternatives[0] ?? nothing;
  if (plain !== undefined && saysElse(whole(plain, reading), whole(html, reading)))
    reading.onOtherText(plain.partId);
  return html;
}

function joined(bodies: Body[], reading: Reading): Body {
  const read = withoutRepeated(
    bodies.filter(({ text }) => text !== ''),
    reading,
  );
  const [first = bodies[0] ?? nothing, ...rest] = read;
  if (rest.length === 0) return first;
  const source = read.some((body) => body.source === 'text/html') ? 'text/html' : 'text/plain';
  return { source, text: read.map(({ text }) => text).join('\n\n'), partId: first.partId };
}

function whole({ text }: Body, { anchors }: Reading): string {
  return anchors.whole(text);
}

/** Some programs send a text and its HTML side by side, as if they were two. */
function withoutRepeated(bodies: Body[], reading: Reading): Body[] {
  return bodies.filter((body, index) => {
    const neighbours = [bodies[index - 1], bodies[index + 1]];
    const isRepeated = (other: Body): boolean =>
      other.source === 'text/html' && saysTheSame(whole(body, reading), whole(other, reading));
    return body.source !== 'text/plain' || !neighbours.some((each) => each !== undefined && isRepeated(each));
  });
}
