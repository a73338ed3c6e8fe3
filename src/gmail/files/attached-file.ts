import type { GmailMessage } from '../client/answers.js';
import { mimeTypeOf } from '../client/message-parts.js';
import { headerText } from '../reading/header-text.js';
import { partAsMessage, partOf } from '../reading/message-part.js';
import { partName } from '../reading/part-name.js';

const maxNameChars = 1_000;
const textTypes =
  /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml|yaml|x-yaml|javascript|sql|x-sh|x-ndjson|csv|ics))$/;
const textNames = /\.(?:txt|text|log|md|csv|tsv|json|xml|ya?ml|ics|vcf|html?|diff|patch|sql|ini|conf)$/i;

/** A part of a message as a file. */
export interface AttachedFile {
  filename: string;
  mimeType: string;
  sizeBytes: number;
  /** What Gmail has it under, until the message is read again. */
  attachmentId: string | undefined;
  /** In base64url, where Gmail has sent it along. */
  data: string | undefined;
  /** Whether it says of itself that it is text; programs send much under the type of any bytes. */
  isText: boolean;
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
    isText: textTypes.test(mimeType) || (mimeType === 'application/octet-stream' && textNames.test(filename)),
  };
}

/** A message whose body is the text file, so that it is read as one: charset, HTML, what is not seen. */
export function textFileAsMessage(message: GmailMessage, partId: string): GmailMessage {
  const { part } = partOf(message, partId);
  if (!mimeTypeOf(part).startsWith('text/'))
    part.mimeType = /\.html?$/i.test(part.filename) ? 'text/html' : 'text/plain';
  // Marked as a file, HTML would be shown as source.
  part.headers = part.headers.filter(({ name }) => name.toLowerCase() !== 'content-disposition');
  return partAsMessage(message, partId);
}
