import type { MessagePart } from '../client/answers.js';
import { headerOf, mimeTypeOf } from '../client/message-parts.js';
import { contentTypeParameter } from '../charsets/content-type.js';
import { decodeText } from '../charsets/charset.js';
import { htmlToText } from '../html/html-to-text.js';
import { type Anchors, withoutMarks } from '../links/anchors.js';
import type { WorkBudget } from '../tree/work-budget.js';
import { withoutEncodedFiles } from '../text/encoded-files.js';
import { readableText } from '../text/readable-text.js';
import { withoutPgpSignatures } from '../text/signed-text.js';
import { enrichedText } from '../text/enriched-text.js';
import { flowedText } from '../text/flowed-text.js';
import { isHtmlSource, withoutLeadingStyle } from '../text/html-source.js';

/** What any part costs, however short: to decode it, to look for what makes it a text or HTML, to set a converter up. */
const stepsOfPart = 50;
const stepsOfHtmlPart = 500;

/** The text of a part that is no HTML, unless it is the source of one. */
export function plainPartText(part: MessagePart, budget: WorkBudget, anchors: Anchors): string {
  if (!budget.spend(stepsOfPart)) return '';
  const { text } = decodedPart(part, budget);
  if (isHtmlSource(text)) return convertedText(budget.takeHtml(text), budget, anchors);
  return withoutMarks(readableText(asPlain(part, text))).trim();
}

function asPlain(part: MessagePart, text: string): string {
  const mimeType = mimeTypeOf(part);
  if (mimeType === 'text/enriched' || mimeType === 'text/richtext') return enrichedText(text);
  const contentType = headerOf(part, 'content-type') ?? '';
  const isFlowed = contentTypeParameter(contentType, 'format') === 'flowed';
  const whole = isFlowed ? flowedText(text, contentTypeParameter(contentType, 'delsp') === 'yes') : text;
  return withoutEncodedFiles(withoutPgpSignatures(withoutLeadingStyle(whole)));
}

/** The text of an HTML part, its links marked. */
export function htmlPartText(part: MessagePart, budget: WorkBudget, anchors: Anchors): string {
  if (!budget.spend(stepsOfHtmlPart)) return '';
  const { text, cut } = decodedPart(part, budget);
  // What follows could say what of it is hidden.
  return cut ? '' : convertedText(budget.takeHtml(text), budget, anchors);
}

/** What a stranger wrote may fail in ways that no list of bounds foresees. */
function convertedText(html: string, budget: WorkBudget, anchors: Anchors): string {
  try {
    return readableText(htmlToText(html, budget, anchors)).trimEnd();
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
