import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { at, firstFurther, pdf, pdfOf, stream } from './pdf.fixture.js';
import { readDocument } from './read-document.js';

async function textOf(bytes: Buffer): Promise<string> {
  const reading = await readDocument(new Uint8Array(bytes));
  return 'text' in reading ? reading.text : `unreadable: ${reading.unreadable}`;
}

async function pageOf(content: string, more = ''): Promise<string> {
  return (await textOf(pdf([{ content, more }]))).replace('--- page 1 of 1 ---\n', '');
}

describe('a PDF', () => {
  it('is read page by page', async () => {
    expect(await textOf(pdf([{ content: at(50, 700, 'One') }, { content: at(50, 700, 'Two') }]))).toBe(
      '--- page 1 of 2 ---\nOne\n\n--- page 2 of 2 ---\nTwo',
    );
  });

  it('is read with its lines, and what stands apart on them', async () => {
    const invoice =
      at(50, 700, 'Invoice 17') +
      at(50, 650, 'Net') +
      at(400, 650, '1,200.00') +
      at(50, 630, 'Total') +
      at(400, 630, '1,440.00');
    expect(await pageOf(invoice)).toBe('Invoice 17\nNet | 1,200.00\nTotal | 1,440.00');
  });

  it('joins the pieces of a line', async () => {
    expect(await pageOf('BT /F1 12 Tf 50 700 Td [(Inv) -20 (oice) -400 (17)] TJ ET')).toBe('Invoice 17');
  });

  it('is read column by column, as it was written', async () => {
    const left = at(50, 700, 'Left one') + at(50, 686, 'left two');
    const right = at(320, 700, 'Right one') + at(320, 686, 'right two');
    expect(await pageOf(left + right)).toBe('Left one\nleft two\nRight one\nright two');
  });

  it.each([
    ['a turned page', at(50, 700, 'One') + at(50, 680, 'Two'), '/Rotate 90'],
    [
      'turned text',
      'BT /F1 12 Tf 0 1 -1 0 300 100 Tm (One) Tj ET BT /F1 12 Tf 0 1 -1 0 320 100 Tm (Two) Tj ET',
      '',
    ],
  ])('is read on %s', async (_what, content, more) => {
    expect(await pageOf(content, more)).toBe('One\nTwo');
  });

  it('is read in Chinese, Japanese and Hebrew, by the table that comes with the font', async () => {
    const pages = [{ content: 'BT /F2 12 Tf 50 700 Td <000100020003> Tj ET' }];
    const first = firstFurther(1);
    const table =
      '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange ' +
      '3 beginbfchar <0001> <8ACB> <0002> <6C42> <0003> <66F8> endbfchar endcmap end';
    const bytes = pdf(pages, {
      fonts: `/F2 ${first} 0 R`,
      further: [
        `<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[${first + 1} 0 R]/ToUnicode ${first + 2} 0 R>>`,
        '<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>',
        stream(table),
      ],
    });
    expect(await textOf(bytes)).toContain('請求書');
  });

  it('is read with what its form holds', async () => {
    const first = firstFurther(1);
    const field = (name: string, more: string): string =>
      `<</Type/Annot/Subtype/Widget/FT/Tx/T(${name})/Rect[0 0 9 9]${more}>>`;
    const bytes = pdf([{ content: at(50, 700, 'Name'), more: `/Annots[${first} 0 R ${first + 1} 0 R]` }], {
      catalog: `/AcroForm<</Fields[${first} 0 R ${first + 1} 0 R]>>`,
      further: [field('Name', '/V(Ada Lovelace)'), field('Empty', '')],
    });
    expect(await textOf(bytes)).toContain('Name\nName: Ada Lovelace');
    expect(await textOf(bytes)).not.toContain('Empty');
  });

  it('runs none of its scripts, and follows none of its links', async () => {
    const catalog = '/OpenAction<</S/JavaScript/JS(globalThis.ran = 1; app.alert\\(1\\))>>';
    expect(await textOf(pdf([{ content: at(50, 700, 'Text') }], { catalog }))).toContain('Text');
    expect(globalThis).not.toHaveProperty('ran');
  });

  it.each([
    ['no_text', 'that was scanned', pdf([{ content: '0 0 100 100 re f' }])],
    [
      'encrypted',
      'with a password',
      pdf([{ content: at(50, 700, 'Secret') }], {
        trailer: `/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${'a1'.repeat(32)}>/U<${'b2'.repeat(32)}>>>`,
      }),
    ],
    ['damaged', 'without anything in it', Buffer.from('%PDF-1.7\n%%EOF')],
    ['damaged', 'without pages', pdfOf(['<</Type/Catalog/Pages 9 0 R>>'])],
    ['damaged', 'cut off', pdf([{ content: at(50, 700, 'Text') }]).subarray(0, 60)],
  ])('is %s %s', async (reason, _what, bytes) => {
    expect(await textOf(bytes)).toBe(`unreadable: ${reason}`);
  });

  it('with a damaged table of its objects is read nevertheless', async () => {
    const bytes = pdf([{ content: at(50, 700, 'Text') }]);
    expect(
      await textOf(Buffer.from(bytes.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1')),
    ).toContain('Text');
  });

  it.each([
    [
      'a page that is its own parent',
      ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>'],
    ],
    [
      'a form that draws itself',
      [
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>',
        stream('/X Do'),
        stream('/X Do /X Do', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>'),
      ],
    ],
    [
      'pages that it does not have',
      [
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 2000000000>>',
        '<</Type/Page/Parent 2 0 R/Contents 4 0 R>>',
        stream(''),
      ],
    ],
  ])(
    'with %s ends',
    async (_what, objects) => {
      expect(await textOf(pdfOf(objects))).toMatch(/^unreadable: (?:no_text|damaged)$/);
    },
    20_000,
  );

  it('packed twice is unpacked twice', async () => {
    const packed = deflateSync(deflateSync(Buffer.from(at(50, 700, 'Text'))));
    const content = Buffer.concat([
      Buffer.from(`<</Filter[/FlateDecode/FlateDecode]/Length ${packed.length}>>\nstream\n`),
      packed,
      Buffer.from('\nendstream'),
    ]);
    const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
    const page =
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>';
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      page,
      content,
      font,
    ];
    expect(await textOf(pdfOf(objects))).toContain('Text');
  });
});
