import { decodeText } from '../charsets/charset.js';
import type { MessagePart } from '../client/answers.js';
import { headerOf, mimeTypeOf, type PlacedPart, placedParts } from '../client/message-parts.js';
import type { WorkBudget } from '../tree/work-budget.js';
import { readableText } from '../text/readable-text.js';
import { invitationText } from './invitation.js';
import { fieldGroups, type Fields, reportText } from './mail-report.js';

/** More documents than this no message of a person's has. */
const mostDocuments = 10;
const longestChars = 100_000;
/** To parse a calendar takes about this many characters a step. */
const charsOfStep = 4;

/** What the invitations and reports of a message say, each once. */
export function documentTexts(payload: MessagePart | undefined, budget: WorkBudget): string[] {
  const documents = [...placedParts(payload)].filter(({ kind }) => kind === 'calendar' || kind === 'report');
  const texts = documents.slice(0, mostDocuments).map((document) => documentText(document, budget));
  return [...new Set(texts.filter((text) => text !== ''))];
}

function documentText({ part, kind }: PlacedPart, budget: WorkBudget): string {
  if (kind === 'report') return reportText(mimeTypeOf(part), reportGroups(part, budget));
  const source = textOf(part, budget);
  if (source === '' || !budget.spend(Math.ceil(source.length / charsOfStep))) return '';
  return invitationText(source) ?? readableText(source).trim();
}

/** Gmail may give the groups of a report as parts of it, with the fields for headers. */
function reportGroups(part: MessagePart, budget: WorkBudget): Fields[] {
  const own = fieldGroups(textOf(part, budget));
  if (own.length > 0) return own;
  return part.parts.flatMap((child) => [
    new Map(child.headers.map(({ name, value }) => [name.toLowerCase(), value])),
    ...fieldGroups(textOf(child, budget)),
  ]);
}

function textOf(part: MessagePart, budget: WorkBudget): string {
  const data = (part.body.data ?? '').slice(0, longestChars);
  const taken = budget.takeBytes(Math.floor((data.length * 3) / 4));
  return decodeText(Buffer.from(data, 'base64url').subarray(0, taken), headerOf(part, 'content-type'));
}
