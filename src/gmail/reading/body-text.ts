import { htmlToText } from '../html/html-to-text.js';
import { WorkBudget } from '../html/work-budget.js';
import { deepestPart, headerOf, isAttachment } from '../client/message-parts.js';
import type { MessagePart } from '../client/answers.js';
import { readableText } from '../text/readable-text.js';
import { decodeText } from './charset.js';
import { type LeftOut, withNotices } from './left-out.js';
import { letterCount, letterLimit } from './letters.js';

/** A message's readable text, and what it was made from. */
export interface BodyText {
  text: string;
  source: 'text/plain' | 'text/html' | 'none';
  /** What is not in the text because of a bound; the text says so, too. */
  leftOut: LeftOut[];
}

/** A body whose text is made when it is asked for: of HTML that costs more than all else about a message. */
interface Body {
  readonly source: BodyText['source'];
  readonly text: () => string;
  /** No more letters than this are in the text. */
  readonly letterLimit: () => number;
}

/** How the parts of one message are read. */
interface Reading {
  readonly plain: (part: MessagePart) => Body;
  readonly html: (part: MessagePart) => Body;
  readonly onPartsLeftOut: () => void;
}

const nothing: Body = { source: 'none', text: () => '', letterLimit: () => 0 };

/**
 * The text that a person would read: of alternatives (RFC 2046, section 5.1.4) the plain one, unless it is a stub
 * that only refers to the HTML; of other multiparts all texts in order; never an attachment.
 */
export function bodyText(payload: MessagePart | undefined, budget = WorkBudget.ofMessage()): BodyText {
  const { source, text } = bodyOf(payload, {
    plain: (part) => plainText(part, budget),
    html: (part) => convertedHtml(part, budget),
    onPartsLeftOut: () => budget.leftOut.add('parts'),
  });
  return finishedBody(text(), source, budget.leftOut);
}

/** The same without any HTML, for a message whose HTML cannot be read; the text says that it was left out. */
export function bodyWithoutHtml(payload: MessagePart | undefined, reason: LeftOut): BodyText {
  const budget = WorkBudget.ofEventLoop();
  const leftOut = new Set<LeftOut>();
  const { source, text } = bodyOf(payload, {
    plain: (part) => plainText(part, budget),
    html: () => {
      leftOut.add(reason);
      return { ...nothing, source: 'text/html' };
    },
    onPartsLeftOut: () => leftOut.add('parts'),
  });
  return finishedBody(text(), source, new Set([...leftOut, ...budget.leftOut]));
}

function finishedBody(text: string, source: BodyText['source'], leftOut: ReadonlySet<LeftOut>): BodyText {
  return { text: withNotices(text, leftOut), source, leftOut: [...leftOut] };
}

function bodyOf(part: MessagePart | undefined, reading: Reading, depth = 0): Body {
  if (part === undefined || isAttachment(part)) return nothing;
  if (part.partsLeftOut === true || depth > deepestPart) reading.onPartsLeftOut();
  if (depth > deepestPart) return nothing;
  const { mimeType } = part;
  if (mimeType === 'text/plain') return reading.plain(part);
  if (mimeType === 'text/html') return reading.html(part);
  const bodies = part.parts
    .map((child) => bodyOf(child, reading, depth + 1))
    .filter(({ source }) => source !== 'none');
  return mimeType === 'multipart/alternative' ? chosen(bodies) : joined(bodies);
}

function chosen(alternatives: Body[]): Body {
  const plain = alternatives.find(({ source }) => source === 'text/plain');
  const html = alternatives.findLast(({ source }) => source === 'text/html');
  if (plain === undefined || html === undefined) return plain ?? html ?? nothing;
  return isStub(plain, html) ? html : plain;
}

function joined(bodies: Body[]): Body {
  if (bodies.length === 1 && bodies[0] !== undefined) return bodies[0];
  const read = bodies.filter(({ text }) => text() !== '');
  const [first = bodies[0] ?? nothing, ...rest] = read;
  if (rest.length === 0) return first;
  const source = read.some((body) => body.source === 'text/html') ? 'text/html' : 'text/plain';
  return finished(source, read.map(({ text }) => text()).join('\n\n'));
}

/** "View this mail in a browser": next to nothing beside what the HTML says. Links count on neither side. */
function isStub(plain: Body, html: Body): boolean {
  const plainLetters = letterCount(plain.text());
  const least = plainLetters === 0 ? 1 : Math.max(4 * plainLetters, plainLetters + 200);
  return html.letterLimit() >= least && letterCount(html.text()) >= least;
}

function finished(source: BodyText['source'], text: string): Body {
  return { source, text: () => text, letterLimit: () => Infinity };
}

function convertedHtml(part: MessagePart, budget: WorkBudget): Body {
  const { text: whole, cut } = decoded(part, budget);
  // What follows could say what of it is hidden.
  const html = cut ? '' : budget.takeHtml(whole);
  return {
    source: 'text/html',
    text: once(() => convertedText(html, budget)),
    letterLimit: once(() => letterLimit(html)),
  };
}

/** What a stranger wrote may fail in ways that no list of bounds foresees. */
function convertedText(html: string, budget: WorkBudget): string {
  try {
    return readableText(htmlToText(html, budget)).trimEnd();
  } catch {
    budget.leftOut.add('failure');
    return '';
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function plainText(part: MessagePart, budget: WorkBudget): Body {
  return finished('text/plain', readableText(decoded(part, budget).text).trim());
}

function decoded(part: MessagePart, budget: WorkBudget): { text: string; cut: boolean } {
  const data = part.body.data ?? '';
  const bytes = Math.floor((data.length * 3) / 4);
  const taken = budget.takeBytes(bytes);
  const kept = taken < bytes ? data.slice(0, Math.floor(taken / 3) * 4) : data;
  const text = decodeText(Buffer.from(kept, 'base64url'), headerOf(part, 'content-type'));
  return { text, cut: taken < bytes };
}
