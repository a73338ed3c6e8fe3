import { deflateSync } from 'node:zlib';

type PdfObject = string | Buffer;

/** A PDF of these objects, numbered from 1 (ISO 32000-1, section 7.5). */
export function pdfOf(objects: readonly PdfObject[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let position = parts[0]?.length ?? 0;
  const add = (bytes: Buffer): void => {
    parts.push(bytes);
    position += bytes.length;
  };
  for (const [at, content] of objects.entries()) {
    offsets.push(position);
    add(Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(content), Buffer.from('\nendobj\n')]));
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = position;
  add(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}` +
        `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

export function stream(content: PdfObject, dictionary = ''): Buffer {
  const packed = deflateSync(Buffer.from(content));
  return packedStream(packed, dictionary);
}

export function packedStream(packed: Buffer, dictionary = ''): Buffer {
  const head = `<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
}

interface Page {
  /** Its operators; the fonts are F1, which is Helvetica, and those that are given. */
  content: PdfObject;
  /** Of its dictionary. */
  more?: string;
}

interface PdfOptions {
  fonts?: string;
  catalog?: string;
  trailer?: string;
  /** From this number on. */
  further?: readonly PdfObject[];
}

/** Where `further` begins in a file with so many pages. */
export function firstFurther(pages: number): number {
  return 4 + 2 * pages;
}

/** A PDF with these pages. */
export function pdf(pages: readonly Page[], options: PdfOptions = {}): Buffer {
  const { fonts = '', catalog = '', trailer = '', further = [] } = options;
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`);
  const resources = `/Resources<</Font<</F1 3 0 R${fonts}>>>>`;
  return pdfOf(
    [
      `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
      `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${pages.length}>>`,
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
      ...pages.flatMap(({ content, more = '' }, at) => [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]${resources}/Contents ${5 + 2 * at} 0 R${more}>>`,
        stream(content),
      ]),
      ...further,
    ],
    trailer,
  );
}

/** Operators that write a text at a place. */
export function at(x: number, y: number, text: string): string {
  return `BT /F1 12 Tf ${x} ${y} Td (${text}) Tj ET\n`;
}
