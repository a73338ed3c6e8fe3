import { bodyPage } from '../../gmail/index.js';

/** Keeps a header that its author made endless (500 recipients, say) from filling a model's context. */
export function shorten(header: string | null, maxChars: number): string | null {
  if (header === null || header.length <= maxChars) return header;
  return `${bodyPage(header, maxChars).text}…`;
}
