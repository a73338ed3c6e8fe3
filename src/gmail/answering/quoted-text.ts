import type { MessageLink } from '../links/message-link.js';

/** A text as mail programs quote it (RFC 3676, section 4.5): a mark before each line, one more before what has some. */
export function quotedText(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))
    .join('\n');
}

const written = /\[(?:[^[\]\s]* )?link (\d{1,6})\]/g;

/** A text as it was read, with the whole targets of links that were shortened for models. */
export function withWholeLinks(text: string, links: readonly MessageLink[]): string {
  const urls = new Map(links.map(({ id, url }) => [String(id), url]));
  return text.replaceAll(written, (shown, id: string) => {
    const url = urls.get(id);
    return url === undefined ? shown : `<${url}>`;
  });
}
