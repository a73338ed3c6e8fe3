import { describe, expect, it } from '@jest/globals';
import { docx, openDocument, paragraph, pptx, slideText } from './office.fixture.js';
import { readDocument } from './read-document.js';

async function textOf(bytes: Buffer): Promise<string> {
  const reading = await readDocument(bytes);
  return 'text' in reading ? reading.text : `unreadable: ${reading.unreadable}`;
}

describe('a Word document', () => {
  it.each([
    ['paragraphs', paragraph('First') + paragraph('Second'), 'First\nSecond'],
    ['right to left', paragraph('שלום עולם'), 'שלום עולם'],
    ['entities', paragraph('A &amp; B &#x20AC;'), 'A & B €'],
    [
      'tabs and breaks',
      '<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>',
      'a\tb\nc',
    ],
    [
      'tab stops',
      `<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`,
      'a',
    ],
    ['lists', '<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p>', '- one'],
    ['other prefixes', '<x:p><x:r><x:t>a</x:t></x:r></x:p>', 'a'],
    [
      'no deleted text, and what was put in its place',
      '<w:p><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>',
      'new',
    ],
    [
      'no text that was moved away',
      `<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>${paragraph('a')}`,
      'a',
    ],
    ['no hidden text', paragraph('seen') + paragraph('hidden', '<w:rPr><w:vanish/></w:rPr>'), 'seen'],
    ['text that is not hidden', paragraph('seen', '<w:rPr><w:vanish w:val="0"/></w:rPr>'), 'seen'],
    [
      'no text twice',
      '<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>a</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>a</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>',
      'a',
    ],
    ['no field codes', '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>', '7'],
  ])('is read with %s', async (_what, body, text) => {
    expect(await textOf(docx(body))).toBe(text);
  });

  it('is read with the rows of its tables, and those in their cells', async () => {
    const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
    const inner = `<w:tbl><w:tr>${cell(paragraph('x'))}${cell(paragraph('y'))}</w:tr></w:tbl>`;
    const row = (...cells: string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
    const rows = [
      row(paragraph('Item'), paragraph('Price')),
      row(paragraph('Two') + paragraph('lines'), inner),
      row('', paragraph('9.50')),
    ];
    expect(await textOf(docx(`${paragraph('Bill')}<w:tbl>${rows.join('')}</w:tbl>${paragraph('End')}`))).toBe(
      'Bill\nItem | Price\nTwo lines | x y\n | 9.50\nEnd',
    );
  });

  it('is read with notes, comments, headers and footers', async () => {
    const body = `<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r></w:p>`;
    const parts = {
      footnotes: `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">${paragraph('See here')}</w:footnote>`,
      comments: `<w:comment w:id="0" w:author="Ann">${paragraph('Really?')}</w:comment>`,
      header: paragraph('Confidential'),
      footer: paragraph(''),
    };
    expect(await textOf(docx(body, parts))).toBe(
      [
        'Text[2][comment 0]',
        ...['', '--- footnotes ---', '[2] See here'],
        ...['', '--- comments ---', '[comment 0] Ann: Really?'],
        ...['', '--- headers and footers ---', 'Confidential'],
      ].join('\n'),
    );
  });

  it('holds none of what only a machine reads', async () => {
    expect(await textOf(docx(paragraph('In\u200bvoice\u{e0049}')))).toBe('Invoice');
  });

  it('in UTF-16 is read', async () => {
    const { zipOf } = await import('../archives/zip.fixture.js');
    const xml = `\ufeff<w:document>${paragraph('Grüße')}</w:document>`;
    const types = `<Types><Override PartName="/d.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>`;
    const bytes = zipOf([
      { name: '[Content_Types].xml', content: types },
      { name: 'd.xml', content: Buffer.from(xml, 'utf16le') },
    ]);
    expect(await textOf(bytes)).toBe('Grüße');
  });

  it('without text has none', async () => {
    expect(await textOf(docx(''))).toBe('unreadable: no_text');
  });
});

describe('a presentation', () => {
  it('is read slide by slide in the order in which it is shown, with its notes', async () => {
    const table = `<a:tbl><a:tr><a:tc><a:p><a:r><a:t>Q1</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>7 %</a:t></a:r></a:p></a:tc></a:tr></a:tbl>`;
    const number = '<a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>';
    const bytes = pptx([
      { body: slideText('Welcome'), notes: slideText('Smile') + number },
      { body: slideText('Secret'), isHidden: true },
      { body: slideText('Figures') + table },
    ]);
    expect(await textOf(bytes)).toBe(
      [
        '--- slide 1 of 3 ---',
        ...['Welcome', '', 'Notes:', 'Smile', ''],
        '--- slide 2 of 3: hidden, left out ---',
        '',
        ...['--- slide 3 of 3 ---', 'Figures', 'Q1 | 7 %'],
      ].join('\n'),
    );
  });
});

describe('a text in the OpenDocument format', () => {
  it.each([
    [
      'paragraphs and headings',
      '<text:h>Title</text:h><text:p>One<text:s text:c="3"/>two<text:tab/>x</text:p>',
      'Title\nOne   two\tx',
    ],
    ['lists', '<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>', '- a'],
    [
      'no deleted text',
      '<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>new</text:p>',
      'new',
    ],
    [
      'comments and notes in their places',
      '<text:p>A<office:annotation><dc:creator>Ann</dc:creator><dc:date>2026</dc:date><text:p>Why?</text:p></office:annotation>' +
        ' b<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See c</text:p></text:note-body></text:note></text:p>',
      'A [comment by Ann: Why? ] b [note 1: See c ]',
    ],
    [
      'tables',
      '<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table><text:p>d</text:p>',
      'a b | c\nd',
    ],
  ])('is read with %s', async (_what, body, text) => {
    expect(await textOf(openDocument(`<office:text>${body}</office:text>`))).toBe(text);
  });

  it('is read with the headers of its pages', async () => {
    const masters =
      '<style:master-page><style:header><text:p>Draft</text:p></style:header></style:master-page>';
    expect(await textOf(openDocument('<office:text><text:p>a</text:p></office:text>', { masters }))).toBe(
      'a\n\n--- headers and footers ---\nDraft',
    );
  });

  it('is not read with a password', async () => {
    const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>';
    expect(await textOf(openDocument('\u0001\u0002', { manifest }))).toBe('unreadable: encrypted');
  });
});

describe('a table in the OpenDocument format', () => {
  const cell = (text: string, more = ''): string =>
    `<table:table-cell ${more}>${text === '' ? '' : `<text:p>${text}</text:p>`}</table:table-cell>`;
  const row = (cells: string, more = ''): string => `<table:table-row ${more}>${cells}</table:table-row>`;
  const table = (name: string, rows: string, style = 'ta1'): string =>
    `<table:table table:name="${name}" table:style-name="${style}">${rows}</table:table>`;
  const read = (tables: string): Promise<string> =>
    textOf(
      openDocument(`<office:spreadsheet>${tables}</office:spreadsheet>`, {
        styles:
          '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>' +
          '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>',
      }),
    );

  it('is read with what its cells show, hidden tables told', async () => {
    const rows =
      row(cell('Item') + cell('') + cell('Price', 'office:value="9.5"')) +
      row(cell('x', 'table:number-columns-repeated="3"'), 'table:number-rows-repeated="2"');
    expect(await read(table('Costs', rows) + table('Hidden', row(cell('secret')), 'ta2'))).toBe(
      [
        '--- table "Costs" ---',
        ...['Item |  | Price', 'x | x | x | [2 such rows]'],
        ...['', '--- table "Hidden": hidden, left out ---'],
      ].join('\n'),
    );
  });

  it('that repeats its cells and rows without end is read within bounds', async () => {
    const rows =
      row(cell('a') + cell('', 'table:number-columns-repeated="16383"') + cell('b')) +
      row(
        cell('c', 'table:number-columns-repeated="2000000000"'),
        'table:number-rows-repeated="2000000000"',
      ) +
      row(cell(''), 'table:number-rows-repeated="1048576"');
    expect((await read(table('T', rows))).length).toBeLessThan(1_000);
  });
});

describe('a presentation in the OpenDocument format', () => {
  it('is read with its notes, hidden slides told', async () => {
    const styles =
      '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>';
    const body =
      '<draw:page draw:style-name="dp1"><draw:frame><draw:text-box><text:p>Hello</text:p></draw:text-box></draw:frame>' +
      '<presentation:notes><text:p>Smile</text:p></presentation:notes></draw:page>' +
      '<draw:page draw:style-name="dp2"><text:p>Secret</text:p></draw:page>';
    expect(await textOf(openDocument(`<office:presentation>${body}</office:presentation>`, { styles }))).toBe(
      '--- slide 1 ---\nHello\n\nNotes:\nSmile\n\n--- slide 2: hidden, left out ---',
    );
  });
});
