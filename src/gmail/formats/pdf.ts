import type { DocumentText } from '../archives/document-text.js';
import { Unreadable } from '../archives/unreadable.js';
import { type PageItem, pageLines } from './pdf-lines.js';

/** A file tells its number of pages, and may tell any. */
const mostPages = 5_000;
/** A file with more is no longer worth the search. */
const mostDamagedPages = 50;
const mostFields = 500;

/**
 * Reads a PDF: the text of each page, and what its form fields hold. No script of it is run, nothing is drawn and
 * nothing fetched.
 * @throws Unreadable when it wants a password, is damaged, or holds pictures alone
 */
export async function readPdf(bytes: Uint8Array, text: DocumentText): Promise<void> {
  const pdf = await openPdf(bytes);
  const pages = Math.min(pdf.numPages, mostPages);
  let hasText = false;
  let damaged = 0;
  for (let number = 1; number <= pages && damaged < mostDamagedPages; number += 1) {
    const page = await pageText(pdf, number);
    if (page === null) damaged += 1;
    const shown = page ?? '[This page is damaged]';
    hasText ||= page !== null && page.trim() !== '';
    text.mark(`--- page ${number} of ${pdf.numPages} ---`);
    for (const line of shown.split('\n')) {
      text.write(line);
      text.endLine();
    }
  }
  if (!hasText) throw new Unreadable(damaged > 0 ? 'damaged' : 'no_text');
}

type Pdf = Awaited<ReturnType<typeof openPdf>>;

async function openPdf(data: Uint8Array) {
  // One and a half megabytes of code, for these files alone.
  const { getDocumentProxy } = await import('unpdf');
  try {
    return await getDocumentProxy(data, {
      // It would write a stranger's words to the log.
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
    });
  } catch (cause) {
    const isEncrypted = cause instanceof Error && cause.name === 'PasswordException';
    throw new Unreadable(isEncrypted ? 'encrypted' : 'damaged', { cause });
  }
}

/** Null for a page that cannot be read. */
async function pageText(pdf: Pdf, number: number): Promise<string | null> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const lines = pageLines(items.filter((item): item is typeof item & PageItem => 'str' in item));
    const fields = formFields(await page.getAnnotations());
    page.cleanup();
    return [lines, ...fields].join('\n');
  } catch {
    return null;
  }
}

/** What is written into a form is drawn beside the page. */
function formFields(annotations: readonly unknown[]): string[] {
  return annotations.slice(0, mostFields).flatMap((annotation) => {
    const { subtype, fieldName, fieldValue, hidden } = annotation as Record<string, unknown>;
    if (subtype !== 'Widget' || hidden === true || typeof fieldName !== 'string') return [];
    const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter(
      (value): value is string => typeof value === 'string' && value !== '',
    );
    return values.length === 0 ? [] : [`${fieldName}: ${values.join(', ')}`];
  });
}
