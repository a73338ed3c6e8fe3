import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** Whom one entry lets in, and to which tenant. */
interface SignInEntry {
  /** A domain or an address. */
  who: string;
  /** Id or name; null for the tenant `default`. */
  tenant: string | null;
}

function entries(isWho: (text: string) => boolean, problem: string) {
  return z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean)
        .map(entryOf),
    )
    .refine((found) => found.every(({ who, tenant }) => isWho(who) && tenant !== ''), problem)
    .refine(
      (found) => new Set(found.map(({ who }) => comparable(who))).size === found.length,
      'must name each of them once, for a person belongs to one tenant',
    );
}

/** Whose accounts may sign in: `example.com,example.org=<tenant>`. */
export const signInDomains = entries(
  isDomain,
  'must be domains like example.com or example.com=<tenant>, separated by commas',
);

/** The same, account by account. */
export const signInEmails = entries(
  isAddress,
  'must be addresses like ann@example.com or ann@example.com=<tenant>, separated by commas',
);

/** A tenant may have an equals sign in its name, and a local part in front of its `@`. */
function entryOf(entry: string): SignInEntry {
  const separator = entry.indexOf('=', Math.max(entry.indexOf('@'), 0));
  if (separator < 0) return { who: entry, tenant: null };
  return { who: entry.slice(0, separator).trim(), tenant: entry.slice(separator + 1).trim() };
}

function isDomain(text: string): boolean {
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(domainToASCII(text)) && !/[\s/@:?#%[\]\\]/.test(text);
}

function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  return /^[^\s@,;<>()"]+$/.test(text.slice(0, Math.max(at, 0))) && isDomain(text.slice(at + 1));
}

function comparable(who: string): string {
  const at = who.lastIndexOf('@');
  return who.slice(0, at + 1).toLowerCase() + domainToASCII(who.slice(at + 1));
}
