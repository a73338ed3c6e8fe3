import { domainToASCII, domainToUnicode } from 'node:url';
import { getDomain } from 'tldts';

/** RFC 1035, section 2.3.4. */
const longestDomain = 255;

/** The domain that was registered: what stands below a public suffix. Hosts of one such domain belong together. */
export function registrableDomain(host: string): string {
  const ascii = isPlain(host) ? host : domainToASCII(host.slice(0, longestDomain)) || host.toLowerCase();
  return getDomain(ascii, { allowPrivateDomains: false }) ?? ascii;
}

/** The form that a person reads, beyond ASCII. */
export function readableDomain(host: string): string {
  return isPlain(host) ? host : domainToUnicode(host.slice(0, longestDomain)) || host;
}

/** As nearly all are: what is read, and what is compared, is what is written. */
function isPlain(host: string): boolean {
  return /^[a-z0-9.-]*$/.test(host) && !host.includes('xn--');
}

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Cherokee', 'Thai'] as const;
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const patterns = scripts.map((script) => new RegExp(String.raw`\p{Script=${script}}`, 'u'));

/**
 * Whether a label takes its letters from several scripts, as no honest name does; Latin beside those of East Asia is
 * usual (Unicode TR 39, section 5.2, "highly restrictive").
 */
export function mixesScripts(host: string): boolean {
  return (
    !isPlain(host) &&
    readableDomain(host)
      .split('.')
      .some((label) => {
        const [latin, ...others] = patterns.map((pattern) => pattern.test(label));
        const foreign = others.filter(Boolean).length;
        return foreign > 1 || (foreign === 1 && (latin === true || eastAsian.test(label)));
      })
  );
}

/** Letters that look like others (Unicode TR 39, section 4), as far as they are used to feign Latin domains. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    н: 'h',
    о: 'o',
  },
  ...{ р: 'p', ԛ: 'q', ѕ: 's', т: 't', у: 'y', ԝ: 'w', х: 'x', г: 'r', п: 'n' },
  ...{ α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', η: 'n' },
  ...{ ı: 'l', ɡ: 'g', ɑ: 'a', ա: 'w', օ: 'o', ո: 'n', ս: 'u', հ: 'h' },
  ...{ '0': 'o', '1': 'l', '3': 'e', '5': 's', i: 'l' },
};

/** What a domain looks like at a glance: two that share it are taken for each other. */
export function skeleton(host: string): string {
  const plain = readableDomain(host).toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return asLatin(plain).replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('cl', 'd');
}

/** The Latin domain that one written in another script altogether looks like, or null. */
export function latinLookAlike(host: string): string | null {
  if (isPlain(host)) return null;
  const readable = readableDomain(host);
  const labels = readable.split('.');
  // Below a top-level domain of the same script it is what it looks like.
  if (!/^[a-z]+$/.test(labels.at(-1) ?? '')) return null;
  const looked = labels.map(latinLabel).join('.');
  return looked === readable ? null : looked;
}

function latinLabel(label: string): string {
  if (!/\p{L}/u.test(label) || /\p{Script=Latin}/u.test(label)) return label;
  const latin = asLatin(label);
  return /^[a-z0-9-]+$/.test(latin) ? latin : label;
}

function asLatin(text: string): string {
  return text.replaceAll(/./gu, (letter) => lookAlikes[letter] ?? letter);
}
