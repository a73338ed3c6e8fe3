import type { SecretFinding } from './secret-finding.js';
import { namedSecretRules } from './secret-rules.js';

/** A text that is to leave. */
export interface OutgoingText {
  /** Such as `subject`; shown to the person who decides. */
  name: string;
  text: string;
}

const mostOfARule = 3;
const mostShownBefore = 40;
const mask = '********';

/**
 * What in these texts looks like a secret: where, and by which rule, never the secret. Finds common shapes in plain
 * text; what is paraphrased, encoded or drawn passes.
 */
export function findSecrets(texts: readonly OutgoingText[]): SecretFinding[] {
  return namedSecretRules.flatMap(([rule, { shape, holds }]) => {
    const places = new Set<string>();
    for (const { name, text } of texts) {
      const plain = readableText(text);
      for (const match of plain.matchAll(shape)) {
        if (places.size >= mostOfARule) break;
        const secret = match.groups?.secret ?? match.groups?.before ?? match[0];
        if (holds && !holds(secret, isLastOnLine(plain, match.index + match[0].length))) continue;
        places.add(`${name}: ${shownBefore(match[0], secret)}${mask}`);
      }
    }
    return [...places].map((place) => ({ rule, place }));
  });
}

/** As a person reads it: without characters that show nothing, and wide forms of letters and digits as plain ones. */
function readableText(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(wideForms, (wide) => wide.normalize('NFKC'))
    .normalize('NFC')
    .replace(/\r\n?/g, '\n');
}

// Not all that has a plain form: some characters become eighteen.
const wideForms = /[\u{FF01}-\u{FF5E}\u{1D400}-\u{1D7FF}]/gu;

function isLastOnLine(text: string, end: number): boolean {
  return /^["'`»”.)]{0,2}[ \t]{0,20}(?:\n|$)/u.test(text.slice(end, end + 24));
}

function shownBefore(match: string, secret: string): string {
  const before = match.slice(0, match.indexOf(secret)).replace(/\s+/g, ' ');
  // Digits may be another part of the secret.
  return before.slice(-mostShownBefore).replace(/\d/g, '*');
}
