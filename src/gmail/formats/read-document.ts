import { DocumentText, TextFull } from '../archives/document-text.js';
import { partTypes } from '../archives/open-packaging.js';
import { Unreadable, type UnreadableReason } from '../archives/unreadable.js';
import { ZipArchive } from '../archives/zip-archive.js';
import { readableText } from '../text/readable-text.js';
import { documentForm } from './file-form.js';
import { readOpenDocument } from './open-document.js';
import { readPdf } from './pdf.js';
import { readSlides } from './slides.js';
import { readSpreadsheet } from './spreadsheet.js';
import { readWord } from './word.js';

/** Of one document; as much as a book of five hundred pages. */
const longestDocumentText = 1_000_000;
const leftOut = '[The rest of this very long document is left out]';

/** The text of a document, or why there is none. */
export type DocumentReading = { text: string } | { unreadable: UnreadableReason };

/**
 * Reads a PDF, an Office file or a file in the OpenDocument format by what its bytes are. Runs in a thread
 * (src/gmail/document-worker.ts), which bounds its time and memory.
 */
export async function readDocument(bytes: Uint8Array): Promise<DocumentReading> {
  const text = new DocumentText(longestDocumentText);
  try {
    await readInto(text, bytes);
    return shown(text.text());
  } catch (failure) {
    if (failure instanceof TextFull) return shown(`${text.text()}\n\n${leftOut}`);
    return { unreadable: failure instanceof Unreadable ? failure.reason : 'damaged' };
  }
}

function shown(text: string): DocumentReading {
  const readable = readableText(text).trim();
  return readable === '' ? { unreadable: 'no_text' } : { text: readable };
}

async function readInto(text: DocumentText, bytes: Uint8Array): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (documentForm(buffer) === 'pdf') return readPdf(bytes, text);
  const zip = await ZipArchive.open(buffer);
  if (zip.has('[Content_Types].xml')) return readOfficeFile(zip, text);
  if (zip.has('content.xml')) return readOpenDocument(zip, text);
  throw new Unreadable('unsupported');
}

type Main = readonly [part: string, type: string];

/** By the content type of its main part (ECMA-376, part 1, annex A); with or without macros, which are not run. */
async function readOfficeFile(zip: ZipArchive, text: DocumentText): Promise<void> {
  const types = await partTypes(zip);
  const mains: Main[] = [...types].filter(([, type]) => type.endsWith('main+xml'));
  for (const [part, type] of mains) {
    if (type.includes('wordprocessing') || type.includes('ms-word')) return readWord(zip, part, types, text);
    if (type.includes('spreadsheet') || type.includes('ms-excel')) return readSpreadsheet(zip, part, text);
    if (type.includes('presentation') || type.includes('ms-powerpoint')) return readSlides(zip, part, text);
  }
  throw new Unreadable('unsupported');
}
