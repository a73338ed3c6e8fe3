import { invalidArgument } from './gmail-error.js';

/** One part of a multipart/related request (RFC 2387). */
interface RelatedPart {
  contentType: string;
  content: Buffer;
}

/**
 * The two parts of a multipart upload: the metadata, then the media.
 * https://developers.google.com/workspace/gmail/api/guides/uploads#multipart
 * @throws GmailError 400 for anything else
 */
export function readRelatedParts(
  contentType: string,
  body: Buffer,
): [metadata: RelatedPart, media: RelatedPart] {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)?.slice(1).find(Boolean);
  if (boundary === undefined) throw invalidArgument('Missing multipart boundary');
  const [metadata, media, ...others] = partsOf(body, `--${boundary}`);
  if (metadata === undefined || media === undefined || others.length > 0)
    throw invalidArgument('A multipart upload has two parts: metadata and media');
  return [metadata, media];
}

function partsOf(body: Buffer, delimiter: string): RelatedPart[] {
  const parts: RelatedPart[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    const next = body.indexOf(`\r\n${delimiter}`, start);
    if (next < 0) break;
    parts.push(partOf(body.subarray(start, next)));
    at = next + 2;
  }
  return parts;
}

function partOf(bytes: Buffer): RelatedPart {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) throw invalidArgument('A part of the multipart upload has no header');
  const header = bytes.subarray(0, end).toString('latin1');
  const contentType = /^content-type:\s*([^\r\n;]+)/im.exec(header)?.[1]?.trim().toLowerCase() ?? '';
  return { contentType, content: bytes.subarray(end + 4) };
}
