import { parse } from 'tldts';
import { registrableDomain } from '../authenticity/domain-name.js';
import { readableText } from '../text/readable-text.js';
import { targetHost, targetUrl } from './target-host.js';
import { unwrappedTarget } from './wrapped-target.js';

interface ClickedLink {
  id: number;
  target: string;
  text: string;
}

const mostNamed = 2;
const longestHost = 45;
const mostLinksLookedAt = 2_000;

/** Hosts in a text: of URLs, of `www.` without a scheme, of mail addresses. */
const inUrls = /(?:(?:https?|ftp):\/\/|\bwww\.)[^\s<>"]{1,500}/giu;
const ofAddresses = /[^\s<>"'()[\],;:@/]{1,64}@([\p{L}\p{N}.-]{1,253}\.[\p{L}\p{N}-]{2,63})/gu;
const bareHost = /^[\p{L}\p{N}-]+(?:[.。．｡][\p{L}\p{N}-]+)+[.。．｡]?(?::\d+)?(?:\/\S*)?$/u;
/** Names of files end like these top-level domains. */
const looksLikeFile = /^[^.]+\.(?:cc|md|mov|pl|ps|py|rs|sh|so|zip)$/i;
/** Domains for examples (RFC 2606), which are no files either. */
const forExamples = /\.(?:example|test)$/;

/**
 * Which links name another host in what is clicked than they open: a fact, in one sentence for all of them. Hosts of
 * one registered domain belong together; a program that only stands in front of the named host is looked through.
 */
export function linkWarnings(links: readonly ClickedLink[]): string[] {
  const found = new Map<string, string>();
  for (const link of links.slice(0, mostLinksLookedAt)) {
    const host = targetHost(unwrappedTarget(link.target));
    const named = host === '' ? undefined : namedElsewhere(link, host);
    if (named === undefined) continue;
    const pair = `${shown(named)} opens ${shown(host)}`;
    if (!found.has(pair)) found.set(pair, `${pair} (link ${link.id})`);
  }
  if (found.size === 0) return [];
  const said = [...found.values()].slice(0, mostNamed).join(', ');
  const more = found.size > mostNamed ? `, and ${found.size - mostNamed} more` : '';
  return [`The text of a link names another host than it opens: ${said}${more}`];
}

function namedElsewhere({ target, text }: ClickedLink, host: string): string | undefined {
  const domain = registrableDomain(host);
  const named = [...namedHosts(text), ...beforeAt(target)];
  return named.find((each) => registrableDomain(each) !== domain);
}

function namedHosts(text: string): string[] {
  const clicked = /[.。．｡]/.test(text) ? readableText(text).trim() : '';
  if (clicked === '') return [];
  const urls = Array.from(clicked.matchAll(inUrls), ([url]) => url.replace(/[^\p{L}\p{N}/]+$/u, '')).filter(
    (url) => !isCutHost(clicked, url),
  );
  const addresses = Array.from(clicked.matchAll(ofAddresses), ([, domain = '']) => domain);
  const hosts = [...urls, ...(urls.length === 0 ? addresses : [])].map((each) => targetHost(each));
  const bare = bareHost.test(clicked) && !looksLikeFile.test(clicked) ? targetHost(clicked) : '';
  const isHost = bare !== '' && (forExamples.test(bare) || parse(bare).isIcann === true);
  return [...hosts, ...urls.flatMap(beforeAt), ...(isHost ? [bare] : [])].filter((each) => each !== '');
}

/** `https://bank.example@evil.example`: what looks like the host is the name of a user. */
function beforeAt(target: string): string[] {
  if (!target.includes('@')) return [];
  const url = targetUrl(target);
  if (url === null || url.username === '' || !/^https?:$/.test(url.protocol)) return [];
  const host = targetHost(url.username);
  return host.includes('.') ? [host] : [];
}

/** `https://long-na…`, as some programs shorten what they show. */
function isCutHost(text: string, url: string): boolean {
  return /(?:…|\.{3})$/.test(text) && text.startsWith(url) && !/[^/]\/[^/]/.test(url);
}

/** In ASCII, as letters may look like others; the end of a host says whose it is. */
function shown(host: string): string {
  return host.length > longestHost ? `…${host.slice(-longestHost)}` : host;
}
