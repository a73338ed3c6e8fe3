import { isIP } from 'node:net';
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from '../../resilience/index.js';

/** Why nothing is ever sent to a URL; in words for the caller who gives it. */
export type TargetRefusal =
  | 'must be a URL'
  | 'must be https'
  | 'must hold no user name and no password'
  | 'must hold no fragment'
  | 'must be on the public Internet'
  | 'cannot be reached: this deployment reaches other hosts through a proxy only';

interface Reach {
  admitsLoopback: boolean;
  isBehindProxy: boolean;
}

/**
 * Whether a tenant's events may be told to a URL, as far as the URL itself tells; the addresses of a name are looked at
 * whenever it is connected to.
 * @returns null where they may
 */
export function targetRefusal(href: string, { admitsLoopback, isBehindProxy }: Reach): TargetRefusal | null {
  if (!URL.canParse(href)) return 'must be a URL';
  const { protocol, hostname, username, password, hash } = new URL(href);
  if (username !== '' || password !== '') return 'must hold no user name and no password';
  if (hash !== '') return 'must hold no fragment';
  const isOwn = admitsLoopback && isLoopbackHost(hostname);
  if (protocol !== 'https:' && !(isOwn && protocol === 'http:')) return 'must be https';
  if (isOwn) return null;
  if (!mayBePublic(hostname)) return 'must be on the public Internet';
  return isBehindProxy ? 'cannot be reached: this deployment reaches other hosts through a proxy only' : null;
}

/** Which addresses are connected to for a URL that is not refused. */
export function admittedFor({ hostname }: URL, { admitsLoopback }: Reach): (address: string) => boolean {
  return admitsLoopback && isLoopbackHost(hostname) ? isLoopbackAddress : isPublicAddress;
}

/** A name may; what it resolves to is another matter. */
function mayBePublic(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? !isLoopbackHost(hostname) : isPublicAddress(host);
}
