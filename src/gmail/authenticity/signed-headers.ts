import { gmailJudgements } from './authentication-results.js';

/** As long as this, a signature is read within a millisecond; real ones are shorter than a fifth of it. */
const maxChars = 10_000;

/** A signature that Gmail verified: RFC 8601 names it by its signer, its selector and the beginning of its value. */
interface GoodSignature {
  domain: string;
  selector: string | null;
  valueStart: string | null;
}

/**
 * The names, in small letters, of the headers that a `DKIM-Signature` (RFC 6376) covers which Gmail verified; empty
 * where it can't be told. Anyone may put a signature into a mail, so only those count that Gmail's own result names.
 * @param first the newest `Authentication-Results`, see `authenticationResults`
 */
export function signedHeaders(first: string | undefined, signatures: readonly string[]): ReadonlySet<string> {
  const good = (gmailJudgements(first) ?? []).flatMap((judgement) => goodSignature(judgement) ?? []);
  const covered = signatures
    .map((signature) => tagsOf(signature.slice(0, maxChars)))
    .filter((tags) => good.some((each) => isNamed(tags, each)))
    .flatMap((tags) => (tags.get('h') ?? '').split(':'));
  return new Set(covered.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
}

function goodSignature(judgement: string): GoodSignature | null {
  if (!/^\s*dkim\s*=\s*pass(?=\s|$)/i.test(judgement)) return null;
  const property = (name: string) =>
    new RegExp(String.raw`\sheader\.${name}\s*=\s*"?([^\s"]+)`, 'i').exec(judgement)?.[1] ?? null;
  const signer = property('d') ?? property('i');
  if (signer === null) return null;
  return {
    domain: signer.slice(signer.lastIndexOf('@') + 1).toLowerCase(),
    selector: property('s')?.toLowerCase() ?? null,
    valueStart: property('b'),
  };
}

/** `header.i` may be of a subdomain of the signer's (RFC 6376, section 3.5). */
function isNamed(
  tags: ReadonlyMap<string, string>,
  { domain, selector, valueStart }: GoodSignature,
): boolean {
  const signer = tags.get('d')?.toLowerCase() ?? '';
  return (
    signer !== '' &&
    (domain === signer || domain.endsWith(`.${signer}`)) &&
    (selector === null || tags.get('s')?.toLowerCase() === selector) &&
    (valueStart === null || tags.get('b')?.startsWith(valueStart) === true)
  );
}

/** RFC 6376, section 3.2; blanks mean nothing in any of the tags that are read. The first of a name counts. */
function tagsOf(signature: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const tag of signature.split(';')) {
    const [name = '', ...value] = tag.replaceAll(/\s+/g, '').split('=');
    if (!tags.has(name)) tags.set(name, value.join('='));
  }
  return tags;
}
