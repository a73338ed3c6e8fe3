import { create } from 'content-disposition';
import type { AttachedFile } from '../../gmail/index.js';

/** What no browser runs, whatever it holds. */
const plainTypes =
  /^(?:image\/(?!svg)[a-z0-9.-]+|(?:audio|video|font)\/[a-z0-9.-]+|text\/(?:plain|csv|calendar|markdown)|application\/(?:pdf|zip|gzip|json|rtf|msword|vnd\.[a-z0-9.-]+))$/;
const maxNameChars = 150;

/**
 * The headers of a download. A browser saves it, never shows it (RFC 6266), guesses nothing about it, and would run
 * nothing of it in our origin if it did show it.
 */
export function downloadHeaders({ filename, mimeType }: Pick<AttachedFile, 'filename' | 'mimeType'>) {
  return {
    'content-type': plainTypes.test(mimeType) ? mimeType : 'application/octet-stream',
    'content-disposition': create(safeName(filename)),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}

/** A name for a file, not a way to one; of a long one the end, which says what it is, stays. */
function safeName(filename: string): string {
  const name = filename
    .replaceAll(/[\p{Control}\p{Surrogate}\p{Bidi_Control}"/\\:*?<>|]/gu, '_')
    .replace(/^[.\s]+/, '')
    .trim();
  const chars = Array.from(name);
  const kept =
    chars.length <= maxNameChars
      ? name
      : [...chars.slice(0, maxNameChars - 20), ...chars.slice(-20)].join('');
  return kept === '' ? 'attachment' : kept;
}
