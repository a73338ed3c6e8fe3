import { htmlToText } from '../html/html-to-text.js';
import { deepestPart, headerOf, isAttachment } from '../client/message-parts.js';
import type { MessagePart } from '../client/answers.js';
import { decodeText } from './charset.js';

/** A message's readable text, and what it was made from. */
export interface BodyText {
  text: string;
  source: 'text/plain' | 'text/html' | 'none';
}

const htmlLeftOut = '[The HTML of this message is left out: turning it into text takes too long]';
const nothing: BodyText = { text: '', source: 'none' };

/**
 * The text that a person would read: of alternatives (RFC 2046, section 5.1.4) the plain one, unless it is a stub
 * that only refers to the HTML; of other multiparts all texts in order; never an attachment.
 */
export function bodyText(payload: MessagePart | undefined): BodyText {
  return textOf(payload, (part) => htmlToText(decoded(part)));
}

/** The same without any HTML, for a message whose HTML takes too long; the text says that it was left out. */
export function bodyWithoutHtml(payload: MessagePart | undefined): BodyText {
  const leftOut: MessagePart[] = [];
  const { text, source } = textOf(payload, (part) => {
    leftOut.push(part);
    return '';
  });
  if (leftOut.length === 0) return { text, source };
  return { text: text === '' ? htmlLeftOut : `${text}\n\n${htmlLeftOut}`, source };
}

function textOf(part: MessagePart | undefined, htmlText: (part: MessagePart) => string, depth = 0): BodyText {
  if (part === undefined || depth > deepestPart || isAttachment(part)) return nothing;
  const { mimeType } = part;
  if (mimeType === 'text/plain') return { text: plainText(part), source: mimeType };
  if (mimeType === 'text/html') return { text: htmlText(part), source: mimeType };
  const bodies = part.parts
    .map((child) => textOf(child, htmlText, depth + 1))
    .filter(({ source }) => source !== 'none');
  return mimeType === 'multipart/alternative' ? chosen(bodies) : joined(bodies);
}

function chosen(alternatives: BodyText[]): BodyText {
  const plain = alternatives.find(({ source }) => source === 'text/plain');
  const html = alternatives.findLast(({ source }) => source === 'text/html');
  if (plain === undefined || html === undefined) return plain ?? html ?? nothing;
  return isStub(plain.text, html.text) ? html : plain;
}

function joined(bodies: BodyText[]): BodyText {
  const read = bodies.filter(({ text }) => text !== '');
  const [first = bodies[0] ?? nothing, ...rest] = read;
  if (rest.length === 0) return first;
  const source = read.some((body) => body.source === 'text/html') ? 'text/html' : 'text/plain';
  return { text: read.map(({ text }) => text).join('\n\n'), source };
}

/** "View this mail in a browser": next to nothing beside what the HTML says. Links count on neither side. */
function isStub(plain: string, html: string): boolean {
  const plainChars = letterCount(plain);
  const htmlChars = letterCount(html);
  return (
    htmlChars > plainChars &&
    (plainChars === 0 || (htmlChars >= 4 * plainChars && htmlChars >= plainChars + 200))
  );
}

function letterCount(text: string): number {
  return text.replaceAll(/https?:\/\/[^\s\]>]+/g, '').match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function plainText(part: MessagePart): string {
  return decoded(part).replaceAll('\r\n', '\n').trim();
}

function decoded(part: MessagePart): string {
  return decodeText(Buffer.from(part.body.data ?? '', 'base64url'), headerOf(part, 'content-type'));
}
