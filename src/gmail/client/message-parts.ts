import type { MessagePart } from './answers.js';

/** Deeper parts than this are not looked at; real mail stays below ten. */
export const deepestPart = 50;
/** A calendar or a report that is longer is a file. */
const longestDocumentBytes = 256_000;

/** The values of a part's headers of one name, whatever its case. */
export function headersNamed(part: MessagePart | undefined, name: string): string[] {
  const named = part?.headers.filter((header) => header.name.toLowerCase() === name) ?? [];
  return named.map(({ value }) => value);
}

/** The value of a part's header, whatever its case; several of one name are joined by a comma. */
export function headerOf(part: MessagePart | undefined, name: string): string | undefined {
  const values = headersNamed(part, name);
  return values.length === 0 ? undefined : values.join(', ');
}

/** The first of its name, where there may be only one (RFC 5322, section 3.6). */
export function firstHeaderOf(part: MessagePart | undefined, name: string): string | undefined {
  return headersNamed(part, name)[0];
}

export function headerCount(part: MessagePart | undefined, name: string): number {
  return headersNamed(part, name).length;
}

/**
 * What a part is to a person: text of the body, a text with a name, the forms of documents that mail programs show by
 * themselves, a mail, a file, or a container of others. Some alternatives are for other programs alone (`ignored`).
 */
export type PartKind =
  'container' | 'text' | 'html' | 'namedText' | 'calendar' | 'report' | 'mail' | 'ignored' | 'file';

/** A part, and where it stands: `1.0` is the first part of the second. */
export interface PlacedPart {
  id: string;
  part: MessagePart;
  kind: PartKind;
}

const texts = new Set([
  '',
  'text',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'text/enriched',
  'text/richtext',
]);
const reports = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/feedback-report',
  'text/rfc822-headers',
]);
const mails = new Set(['message/rfc822', 'message/global', 'message/news']);

/** In lower case, and without what some programs write behind it. */
export function mimeTypeOf({ mimeType }: MessagePart): string {
  return /^[^\s;,:]*/.exec(mimeType.trim())?.[0].toLowerCase() ?? '';
}

export function kindOf(part: MessagePart, parent?: MessagePart): PartKind {
  const mimeType = mimeTypeOf(part);
  if (mails.has(mimeType)) return 'mail';
  if (mimeType.startsWith('multipart/')) return isBareMultipart(part) ? 'text' : 'container';
  // Mail programs show an invitation, however it is marked.
  if (mimeType === 'text/calendar') return 'calendar';
  if (isMarkedAsFile(part)) return parent === undefined && isBodyText(mimeType) ? 'namedText' : 'file';
  if (reports.has(mimeType)) return 'report';
  return textKind(part, mimeType, parent) ?? (isForOtherPrograms(part, parent) ? 'ignored' : 'file');
}

function isBodyText(mimeType: string): boolean {
  return texts.has(mimeType) || mimeType === 'text/html';
}

function textKind(part: MessagePart, mimeType: string, parent: MessagePart | undefined): PartKind | null {
  if (!isBodyText(mimeType) && !isUnknownText(part, mimeType, parent)) return null;
  if (part.filename !== '') return 'namedText';
  return mimeType === 'text/html' ? 'html' : 'text';
}

/** Texts for programs, which mail programs show as files. */
const textsOfPrograms = new Set([
  'text/calendar',
  'text/vcard',
  'text/x-vcard',
  'text/directory',
  'text/rtf',
  'text/css',
]);

/** Any other kind of text reads as plain (RFC 2046, section 4.1.4), but beside an alternative that is better known. */
function isUnknownText(part: MessagePart, mimeType: string, parent: MessagePart | undefined): boolean {
  const isOther = mimeType.startsWith('text/') && !textsOfPrograms.has(mimeType);
  return isOther && part.filename === '' && !isForOtherPrograms(part, parent);
}

/** Its boundary never came: all of it is text. */
function isBareMultipart({ parts, body }: MessagePart): boolean {
  return parts.length === 0 && body.data !== undefined;
}

function isMarkedAsFile(part: MessagePart): boolean {
  return /^\s*attachment/i.test(headerOf(part, 'content-disposition') ?? '');
}

/** AMP, and what watches show. */
function isForOtherPrograms(part: MessagePart, parent: MessagePart | undefined): boolean {
  const isAlternative = parent !== undefined && mimeTypeOf(parent) === 'multipart/alternative';
  return isAlternative && part.filename === '' && mimeTypeOf(part).startsWith('text/');
}

/** All parts that are not inside an attached mail, in the order of the message, containers included. */
export function* placedParts(payload: MessagePart | undefined): Generator<PlacedPart> {
  if (payload !== undefined) yield* placedIn(payload, payload.partId ?? '');
}

function* placedIn(part: MessagePart, id: string, parent?: MessagePart, depth = 0): Generator<PlacedPart> {
  if (depth > deepestPart) return;
  const kind = kindOf(part, parent);
  yield { id, part, kind };
  if (kind !== 'container') return;
  for (const [index, child] of part.parts.entries())
    yield* placedIn(child, childId(id, index), part, depth + 1);
}

/** As Gmail counts: from 0, the message itself without a number. */
export function childId(parent: string, index: number): string {
  return parent === '' ? String(index) : `${parent}.${index}`;
}

/** Whether a person gets the part as a file, or as a mail in the mail. */
export function isListed({ part, kind }: PlacedPart): boolean {
  if (kind === 'file' || kind === 'mail' || kind === 'namedText') return true;
  return part.filename !== '' && (kind === 'calendar' || kind === 'report');
}

/** The parts that the body is made from; those with a name are, where there is no other text. */
function textParts(payload: MessagePart | undefined): MessagePart[] {
  const all = [...placedParts(payload)];
  const unnamed = all.filter(({ kind }) => kind === 'text' || kind === 'html');
  const shown = unnamed.length > 0 ? unnamed : all.filter(({ kind }) => kind === 'namedText');
  return shown.map(({ part }) => part);
}

/** The parts whose bytes are needed to read a message. */
export function readParts(payload: MessagePart | undefined): MessagePart[] {
  const documents = [...placedParts(payload)].filter(
    ({ part, kind }) => (kind === 'calendar' || kind === 'report') && part.body.size <= longestDocumentBytes,
  );
  return [...textParts(payload), ...documents.map(({ part }) => part)];
}
