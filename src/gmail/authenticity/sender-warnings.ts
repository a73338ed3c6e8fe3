import { type AuthenticationResults } from './authentication-results.js';
import { latinLookAlike, mixesScripts, readableDomain, registrableDomain, skeleton } from './domain-name.js';

/** An address of a header, its name decoded. */
export interface NamedAddress {
  name: string;
  address: string;
}

/** What a received message says of those who sent it. */
export interface SenderClaims {
  from: NamedAddress | null;
  replyTo: readonly NamedAddress[];
  /** Those to whom it went: a domain of theirs is what a look-alike imitates. */
  recipients: readonly NamedAddress[];
  /** Null when it has none, or the empty one of a report. */
  returnPath: string | null;
  /** Null when Gmail has not judged it. */
  results: AuthenticationResults | null;
}

/**
 * What a careful person would look at twice before believing who wrote a message: facts, each in a sentence, and no
 * verdict. Empty for most mail.
 */
export function senderWarnings(claims: SenderClaims): string[] {
  const { from } = claims;
  const domain = from === null ? '' : domainOf(from.address);
  if (from === null || domain === '') return [];
  return [
    ...unverified(domain, claims.results),
    ...aboutDomain(domain),
    ...imitated(domain, [...claims.recipients, ...claims.replyTo]),
    ...namedOtherwise(from, domain),
    ...repliesElsewhere(domain, claims.replyTo),
    ...returnsElsewhere(domain, claims),
  ];
}

function unverified(domain: string, results: AuthenticationResults | null): string[] {
  if (results === null || isUnsuspected(results)) return [];
  const { spf, dkim, dmarc } = results;
  const sender = readableDomain(domain);
  if (dmarc === 'fail') return [`Gmail could not verify that this comes from ${sender}: DMARC failed`];
  if (spf === 'pass' || dkim === 'pass') return [];
  const failed = [
    ...(spf === 'fail' || spf === 'softfail' ? ['SPF failed'] : []),
    ...(dkim === 'fail' ? ['DKIM failed'] : []),
  ];
  const reason = failed.length > 0 ? failed.join(', ') : 'neither SPF nor DKIM vouches for it';
  return [`Gmail could not verify that this comes from ${sender}: ${reason}`];
}

/** Nothing speaks against the sender: DMARC vouches for it, or the DNS failed for the moment (RFC 8601, section 2.7). */
function isUnsuspected({ spf, dkim, dmarc }: AuthenticationResults): boolean {
  return dmarc === 'pass' || (dmarc !== 'fail' && [spf, dkim, dmarc].includes('temperror'));
}

/** What is odd about a domain by itself. */
function aboutDomain(domain: string): string[] {
  const readable = readableDomain(domain);
  if (mixesScripts(domain)) return [`The domain ${readable} (${domain}) mixes letters of several scripts`];
  const latin = latinLookAlike(domain);
  return latin === null ? [] : [`The domain ${readable} (${domain}) looks like ${latin}, and is another`];
}

function imitated(domain: string, others: readonly NamedAddress[]): string[] {
  const own = registrableDomain(domain);
  const likeOwn = others
    .map(({ address }) => registrableDomain(domainOf(address)))
    .find((other) => other !== '' && other !== own && skeleton(other) === skeleton(own));
  return likeOwn === undefined
    ? []
    : [`The sender's domain ${readableDomain(own)} looks like ${likeOwn}, and is another`];
}

const addressInName = /[^\s<>"'()[\]@,;:]{1,64}@([^\s<>"'()[\]@,;:]{1,255})/u;

function namedOtherwise(from: NamedAddress, domain: string): string[] {
  const [shown, named = ''] = addressInName.exec(from.name.normalize('NFKC')) ?? [];
  if (shown === undefined || registrableDomain(named) === registrableDomain(domain)) return [];
  return [`The sender's name shows the address ${shown}, but the mail is from ${from.address}`];
}

function repliesElsewhere(domain: string, replyTo: readonly NamedAddress[]): string[] {
  const elsewhere = replyTo.find(({ address }) => {
    const other = domainOf(address);
    return other !== '' && registrableDomain(other) !== registrableDomain(domain);
  });
  return elsewhere === undefined
    ? []
    : [`Replies go to ${elsewhere.address}, not to ${readableDomain(domain)}`];
}

/** Most newsletters are returned to a service that sends them; DMARC says that it may. */
function returnsElsewhere(domain: string, { returnPath, results }: SenderClaims): string[] {
  if (results === null || isUnsuspected(results) || returnPath === null) return [];
  const other = domainOf(returnPath);
  if (other === '' || registrableDomain(other) === registrableDomain(domain)) return [];
  return [`It was sent for ${readableDomain(other)} (Return-Path), not for ${readableDomain(domain)}`];
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1 || address.length).toLowerCase();
}
