import { shownTarget } from './anchors.js';
import { targetUrl } from './target-host.js';

/** Longer ones are shortened: those that hold a code, which only a machine reads; those of words alone; others. */
const longest = { withCode: 48, ofWords: 100, other: 64 };
const code = /[\w%=]{20,}|[\da-f]{8}-[\da-f]{4}-/gi;
const longestHost = 48;
const longestPath = 24;

/** Whether a target costs more to read than it says. */
export function isLong(target: string): boolean {
  if (target.length <= longest.withCode) return false;
  const runs = target.slice(0, longest.ofWords).match(code) ?? [];
  if (target.length > longest.ofWords || runs.some((each) => /\d.*\d/.test(each))) return true;
  return target.length > longest.other && !isOfWords(target);
}

function isOfWords(target: string): boolean {
  const url = targetUrl(target);
  if (url?.search !== '' || url.host === '') return false;
  return url.pathname.split('/').every((segment) => segment === '' || isReadable(segment));
}

/**
 * The host and the start of the path, as far as a person would read it: `news.example/blog/…`. Of a long host its end,
 * which says whose it is. It has neither blanks nor brackets.
 */
export function shortTarget(target: string): string {
  const url = targetUrl(target);
  if (url === null) return cut(target);
  if (url.protocol === 'mailto:') return cut(shownTarget(target).replace(/[?&].*$/s, ''));
  if (url.host === '') return cut(target);
  const host = url.host.length > longestHost ? `…${url.host.slice(-longestHost)}` : url.host;
  return `${plain(host)}/${readablePath(url.pathname)}…`;
}

function readablePath(path: string): string {
  let kept = '';
  for (const segment of path.slice(1).split('/', longestPath)) {
    if (!isReadable(segment) || kept.length + segment.length >= longestPath) break;
    kept += `${segment}/`;
  }
  return kept;
}

/** Words are of letters and not endless, and numbers short. */
function isReadable(segment: string): boolean {
  return (
    /^(?:[a-z]{1,24}|\d{1,4})(?:[._-](?:[a-z]{1,24}|\d{1,4}))*$/i.test(segment) && !/[a-z][A-Z]/.test(segment)
  );
}

function cut(target: string): string {
  return `${plain(target.slice(0, longestHost))}…`;
}

function plain(text: string): string {
  return text.replaceAll(/[\s[\]]/g, '');
}
