import { targetUrl } from './target-host.js';

/** Programs of the recipient's side that write themselves in front of every link; the real target stands in it. */
const wrappers: { host: RegExp; target: (url: URL) => string | null }[] = [
  { host: /\.safelinks\.protection\.outlook\.com$/, target: ({ searchParams }) => searchParams.get('url') },
  {
    host: /^(?:www\.)?google\.[a-z.]{2,6}$/,
    target: ({ pathname, searchParams }) =>
      pathname === '/url' ? (searchParams.get('q') ?? searchParams.get('url')) : null,
  },
  { host: /^linkprotect\.cudasvc\.com$/, target: ({ searchParams }) => searchParams.get('a') },
  { host: /^urldefense\.com$/, target: ({ href }) => between(href, '/v3/__', '__;') },
];
const deepest = 3;

/** Where a target leads in the end, as far as it says so itself to keep people safe; the target itself if it does not. */
export function unwrappedTarget(target: string): string {
  let inner = target;
  for (let depth = 0; depth < deepest; depth += 1) {
    const url = targetUrl(inner);
    const wrapper = url && wrappers.find(({ host }) => host.test(url.hostname));
    const next = url && wrapper?.target(url);
    if (!next || !/^https?:/i.test(next)) return inner;
    inner = next;
  }
  return inner;
}

/** What stands between the first of one mark and the first of the other behind it; not by a regular expression, as a stranger may repeat the mark. */
function between(text: string, before: string, behind: string): string | null {
  const start = text.indexOf(before);
  const end = start < 0 ? -1 : text.indexOf(behind, start + before.length);
  return end < 0 ? null : text.slice(start + before.length, end);
}
