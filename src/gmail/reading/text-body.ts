import type { MessagePart } from '../client/answers.js';
import { headerOf, mimeTypeOf } from '../client/message-parts.js';
import { contentTypeParameter } from '../charsets/content-type.js';
import { decodeText } from '../charsets/charset.js';
import { htmlToText } from '../html/html-to-text.js';
import type { WorkBudget } from '../tree/work-budget.js';
import { readableText } from '../text/readable-text.js';
import { enrichedText } from '../text/enriched-text.js';
import { flowedText } from '../text/flowed-text.js';
import { isHtmlSource, withoutLeadingStyle } from '../text/html-source.js';

/** The text of a part that is no HTML. */
export function plainPartText(part: MessagePart, budget: WorkBudget): string {
  const { text } = decodedPart(part, budget);
  if (isHtmlSource(text)) return convertedText(budget.takeHtml(text), budget);
  return readableText(asPlain(part, text)).trim();
}

function asPlain(part: MessagePart, text: string): string {
  const mimeType = mimeTypeOf(part);
  if (mimeType === 'text/enriched' || mimeType === 'text/richtext') return enrichedText(text);
  const contentType = headerOf(part, 'content-type') ?? '';
  const isFlowed = contentTypeParameter(contentType, 'format') === 'flowed';
  const whole = isFlowed ? flowedText(text, contentTypeParameter(contentType, 'delsp') === 'yes') : text;
  return withoutLeadingStyle(whole);
}

/** The text of an HTML part. */
export function htmlPartText(part: MessagePart, budget: WorkBudget): string {
  const { text, cut } = decodedPart(part, budget);
  // What follows could say what of it is hidden.
  return cut ? '' : convertedText(budget.takeHtml(text), budget);
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

/** The characters of a part, as far as the budget allows. */
function decodedPart(part: MessagePart, budget: WorkBudget): { text: string; cut: boolean } {
  const data = part.body.data ?? '';
  const bytes = Math.floor((data.length * 3) / 4);
  const taken = budget.takeBytes(bytes);
  const kept = taken < bytes ? data.slice(0, Math.floor(taken / 3) * 4) : data;
  const isHtml = mimeTypeOf(part) === 'text/html';
  const text = decodeText(Buffer.from(kept, 'base64url'), headerOf(part, 'content-type'), isHtml);
  return { text, cut: taken < bytes };
}
