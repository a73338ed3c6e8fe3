import { htmlToText } from '../html/html-to-text.js';
import { deepestPart, headerOf, isAttachment } from '../client/message-parts.js';
import type { MessagePart } from '../client/answers.js';
import { decodeText } from './charset.js';
import { letterCount, letterLimit } from './letters.js';

/** A message's readable text, and what it was made from. */
export interface BodyText {
  text: string;
  source: 'text/plain' | 'text/html' | 'none';
}

/** A body whose text is made when it is asked for: of HTML that costs more than all else about a message. */
interface Body {
  readonly source: BodyText['source'];
  readonly text: () => string;
  /** No more letters than this are in the text. */
  readonly letterLimit: () => number;
}

const htmlLeftOut = '[The HTML of this message is left out: turning it into text takes too long]';
const nothing: Body = { source: 'none', text: () => '', letterLimit: () => 0 };

/**
 * The text that a person would read: of alternatives (RFC 2046, section 5.1.4) the plain one, unless it is a stub
 * that only refers to the HTML; of other multiparts all texts in order; never an attachment.
 */
export function bodyText(payload: MessagePart | undefined): BodyText {
  const { source, text } = bodyOf(payload, convertedHtml);
  return { text: text(), source };
}

/** The same without any HTML, for a message whose HTML takes too long; the text says that it was left out. */
export function bodyWithoutHtml(payload: MessagePart | undefined): BodyText {
  let leftOut = '';
  const body = bodyOf(payload, () => {
    leftOut = htmlLeftOut;
    return { ...nothing, source: 'text/html' };
  });
  const texts = [body.text(), leftOut].filter((text) => text !== '');
  return { text: texts.join('\n\n'), source: body.source };
}

function bodyOf(part: MessagePart | undefined, htmlBody: (part: MessagePart) => Body, depth = 0): Body {
  if (part === undefined || depth > deepestPart || isAttachment(part)) return nothing;
  const { mimeType } = part;
  if (mimeType === 'text/plain') return finished(mimeType, plainText(part));
  if (mimeType === 'text/html') return htmlBody(part);
  const bodies = part.parts
    .map((child) => bodyOf(child, htmlBody, depth + 1))
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

function convertedHtml(part: MessagePart): Body {
  const html = decoded(part);
  let text: string | undefined;
  return {
    source: 'text/html',
    text: () => (text ??= htmlToText(html)),
    letterLimit: () => letterLimit(html),
  };
}

function plainText(part: MessagePart): string {
  return decoded(part).replaceAll('\r\n', '\n').trim();
}

function decoded(part: MessagePart): string {
  return decodeText(Buffer.from(part.body.data ?? '', 'base64url'), headerOf(part, 'content-type'));
}
