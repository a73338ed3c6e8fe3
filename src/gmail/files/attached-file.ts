import type { GmailMessage } from '../client/answers.js';
import { mimeTypeOf } from '../client/message-parts.js';
import { headerText } from '../headers/header-text.js';
import { partAsMessage, partOf } from '../reading/message-part.js';
import { partName } from '../reading/part-name.js';

const maxNameChars = 1_000;
const textTypes =
  /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml|yaml|x-yaml|javascript|sql|x-sh|x-ndjson|csv|ics))$/;
const textNames = /\.(?:txt|text|log|md|csv|tsv|json|xml|ya?ml|ics|vcf|html?|diff|patch|sql|ini|conf)$/i;

const anyBytes = new Set(['application/octet-stream', 'application/download', 'application/x-download', '']);
const documentTypes =
  /^text\/rtf$|^application\/(?:(?:x-)?pdf|msword|rtf|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:word|excel|powerpoint))\b.*)$/;
const documentNames = /\.(?:pdf|do[ct][xm]?|xl[st][xm]?|xlsb|p(?:pt|ot|ps)[xm]?|od[tsp]|ot[tsp]|rtf)$/i;
const calendarTypes = new Set(['application/ics', 'text/calendar', 'text/x-vcalendar', 'text/x-vcal']);
/** A name without an ending says nothing. */
const bareName = /^[^.]*$/;

/** A part of a message as a file. */
export interface AttachedFile {
  filename: string;
  mimeType: string;
  sizeBytes: number;
  /** What Gmail has it under, until the message is read again. */
  attachmentId: string | undefined;
  /** In base64url, where Gmail has sent it along. */
  data: string | undefined;
  /** What it says of itself, by its type or, under the type of any bytes, by its name. */
  claims: 'text' | 'document' | 'other';
}

/**
 * What a part is as a file.
 * @throws EvergrantError `VALIDATION_FAILED` when the message has no such part
 */
export function attachedFile(message: GmailMessage, partId: string): AttachedFile {
  const placed = partOf(message, partId);
  const { body } = placed.part;
  const filename = headerText(partName(placed).slice(0, maxNameChars));
  const mimeType = mimeTypeOf(placed.part);
  return {
    filename,
    mimeType,
    sizeBytes: body.size,
    attachmentId: body.attachmentId,
    data: body.data,
    claims: claimOf(mimeType, filename),
  };
}

function claimOf(mimeType: string, filename: string): AttachedFile['claims'] {
  const isAnyBytes = anyBytes.has(mimeType);
  if (documentTypes.test(mimeType) || documentNames.test(filename)) return 'document';
  if (textTypes.test(mimeType) || (isAnyBytes && textNames.test(filename))) return 'text';
  return isAnyBytes && bareName.test(filename) ? 'document' : 'other';
}

/** A message whose body is the text file, so that it is read as one: charset, HTML, invitations, what is not seen. */
export function textFileAsMessage(message: GmailMessage, partId: string, bytes: Buffer): GmailMessage {
  const { part } = partOf(message, partId);
  const mimeType = mimeTypeOf(part);
  if (calendarTypes.has(mimeType) || /\.(?:ics|vcs)$/i.test(part.filename)) part.mimeType = 'text/calendar';
  else if (!mimeType.startsWith('text/'))
    part.mimeType = /\.html?$/i.test(part.filename) ? 'text/html' : 'text/plain';
  part.body = { ...part.body, data: bytes.toString('base64url') };
  // Marked as a file, HTML would be shown as source.
  part.headers = part.headers.filter(({ name }) => name.toLowerCase() !== 'content-disposition');
  return partAsMessage(message, partId);
}
