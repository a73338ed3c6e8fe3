import { convert } from 'html-to-text';
import { Parser } from 'htmlparser2';

/** So much HTML is read; no mail that a person wrote is longer. */
const mostHtmlLength = 1_000_000;
const deepestHtml = 200;
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** What the formatted version of a mail says, for people who are never shown it as a page. */
export interface HtmlReading {
  /** As plain text, its links written out. */
  text: string;
  /** Whether the plain version says the same. */
  saysTheSame: boolean;
  /** Whether it is longer than what was read of it. */
  isCut: boolean;
  /** Where its links, forms and pictures lead that the plain version does not name. */
  unnamedTargets: string[];
}

/** @param text the plain version */
export function readHtml(source: string, text: string): HtmlReading {
  const isCut = source.length > mostHtmlLength;
  return {
    text: wordsOf(source),
    saysTheSame: !isCut && spaceless(wordsOf(source, { links: false })) === spaceless(text),
    isCut,
    unnamedTargets: [...new Set(targetsOf(source))].filter((target) => !text.includes(bareTarget(target))),
  };
}

/** Of links, and of forms and pictures, which lead out as well. */
function targetsOf(source: string): string[] {
  const targets: string[] = [];
  const parser = new Parser({
    onopentag(_name, { href = '', action = '', src = '' }) {
      for (const target of [href, action, src]) if (target.trim() !== '') targets.push(target);
    },
  });
  parser.end(source.slice(0, mostHtmlLength));
  return targets;
}

/** As a person writes it in a text. */
function bareTarget(target: string): string {
  return target
    .trim()
    .replace(/^(?:mailto:|https?:\/\/(?=www\.))/i, '')
    .replace(/\/$/, '');
}

function wordsOf(source: string, { links } = { links: true }): string {
  return convert(source.slice(0, mostHtmlLength), {
    wordwrap: false,
    selectors: [
      ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
      ...(links ? [] : [{ selector: 'a', options: { ignoreHref: true } }]),
    ],
    limits: { maxInputLength: mostHtmlLength, maxDepth: deepestHtml },
  });
}

/** Lines and spaces are broken otherwise in HTML. */
function spaceless(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
