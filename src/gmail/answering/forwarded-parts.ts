import type { GmailMessage } from '../client/answers.js';
import { decodeText } from '../charsets/charset.js';
import { headerOf, isListed, mimeTypeOf, type PlacedPart, placedParts } from '../client/message-parts.js';

/** A part that goes along when its message is forwarded. */
export interface ForwardedPart {
  partId: string;
  /** Of a picture that the text shows; without angle brackets. */
  contentId: string | undefined;
}

/**
 * The files, attached mails and shown pictures of a message, in its order.
 * @param message in format `full`
 */
export function forwardedParts({ payload }: GmailMessage): ForwardedPart[] {
  const all = [...placedParts(payload)];
  const html = all.filter(({ kind }) => kind === 'html').map(htmlOf);
  return all.filter(isListed).map((placed) => ({ partId: placed.id, contentId: shownAs(placed, html) }));
}

function shownAs({ part }: PlacedPart, html: readonly string[]): string | undefined {
  const contentId = /^\s*<?([^<>\s]+)>?\s*$/.exec(headerOf(part, 'content-id') ?? '')?.[1];
  if (contentId === undefined || !mimeTypeOf(part).startsWith('image/')) return undefined;
  const reference = `cid:${contentId}`.toLowerCase();
  return html.some((each) => each.toLowerCase().includes(reference)) ? contentId : undefined;
}

function htmlOf({ part }: PlacedPart): string {
  return decodeText(Buffer.from(part.body.data ?? '', 'base64url'), headerOf(part, 'content-type'), true);
}
