import fc from 'fast-check';
import iconv from 'iconv-lite';

/** Labels of charsets as mail writes them: right, by other names, and of nothing. */
export const charsetLabel = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('utf-8', 'UTF-8', 'us-ascii', 'iso-8859-1', 'windows-1252') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['iso-2022-jp', 'shift_jis', 'x-sjis', 'cp932', 'euc-jp', 'gb2312', 'gbk', 'gb18030', 'hz-gb-2312'],
      ...['big5', 'big5-hkscs', 'euc-kr', 'cp949', 'iso-2022-kr', 'ks_c_5601-1987', 'koi8-r', 'koi8-u'],
      ...['windows-1251', 'ibm850', 'cp437', 'macintosh', 'x-mac-cyrillic', 'tis-620', 'iso-8859-8-i'],
      ...['utf-16', 'utf-16le', 'utf-16be', 'utf-32', 'utf-7', 'unicode-1-1-utf-7', 'viscii', 'iso-2022-cn'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['"utf8"', 'utf-8;', "'utf-8'", '(a comment) utf-8', 'utf-8 (b)', '=utf-8', '"utf-8', 'utf 8', '""'],
      ...['unknown-8bit', 'x-unknown', 'x-user-defined', 'replacement', 'base64', 'hex', 'binary', 'default'],
      ...['__proto__', 'constructor', 'toString', 'utf-8\u0000', '%s', 'utf-8*en', '0', '\\', 'iso-8859-'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);

const sentence = fc.constantFrom(
  ...[
    'The meeting is moved to Friday.',
    'Grüße aus Köln, Straße 5',
    'Zażółć gęślą jaźń',
    'Ελληνικά και άλλα',
  ],
  ...[
    'Привет, как дела?',
    'שלום עולם 123',
    '\u202bمرحبا بالعالم\u202c',
    'नमस्ते दुनिया',
    'ภาษาไทยไม่มีช่องว่าง',
    'こんにちは、世界。①',
  ],
  ...[
    '中文，简体與繁體',
    '한국어 똠방각하',
    'e\u0301a\u0308o\u030a\u0300\u0301',
    '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 1️⃣',
    'a\u200bb\u2060c\ufeffd\u00ade',
    '\u202eexe.gnp',
  ],
  ...[
    'https://example.com/a?b=c#d',
    '<https://example.com/(x)>',
    'mailto:ann@example.com',
    '-- ',
    '> quoted',
    'From here',
  ],
  ...[
    '\u001b[31mred\u001b[0m',
    'a\u0000b',
    '\u0085\u2028\u2029',
    '\u{e0041}\u{e0042}',
    '\u2066\u2067\u2068\u2069',
    '\ufffe\uffff',
  ],
  ...[
    'x'.repeat(1_000),
    ' '.repeat(500),
    'Z\u0300\u0301\u0302\u0303'.repeat(200),
    '¯\\_(ツ)_/¯',
    '=?utf-8?Q?=41?=',
    '\t',
  ],
);

/** What people and programs write into a line. */
export const line = fc.oneof(
  { weight: 6, arbitrary: sentence },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

const manyLines = fc
  .tuple(sentence, fc.integer({ min: 1, max: 1_500 }), fc.constantFrom('\r\n', '\n', ' \r\n', '\r', '\r\n> '))
  .map(([each, times, end]) => `${each}${end}`.repeat(times).slice(0, 300_000));

const blocks = fc.constantFrom(
  ...[
    `begin 644 a.bin\r\n${'M'.repeat(61)}\r\n`.repeat(30),
    `=ybegin line=128 size=9 name=x\r\n${'ÿ'.repeat(128)}\r\n=yend`,
  ],
  ...[
    '-----BEGIN PGP MESSAGE-----\r\n\r\nabcd\r\n-----END PGP MESSAGE-----',
    '-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: x\r\n',
  ],
  ...[
    `${'A'.repeat(76)}\r\n`.repeat(400),
    `${'>'.repeat(300)} deep`,
    '>'.repeat(20_000),
    '| a | b |\r\n|---|---|\r\n'.repeat(200),
  ],
  ...[
    '.a { x: y }\r\n'.repeat(200),
    '<html><body>',
    '<bold>a</bold><<b>>',
    '{{{{',
    '\\',
    '=\r\n=\r\n',
    '<'.repeat(30_000),
  ],
  ...[
    'On Mon, 5 Jan 2026 at 10:00 Ann <a@b.example> wrote:\r\n> a\r\n'.repeat(100),
    '-----Original Message-----\r\n'.repeat(50),
  ],
);

/** A text of a mail's body. */
export const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\r\n')) },
  { weight: 2, arbitrary: fc.array(line, { maxLength: 12 }).map((lines) => lines.join(' \n')) },
  { weight: 1, arbitrary: manyLines },
  { weight: 2, arbitrary: blocks },
);

/** The bytes of a text, each as a character: in UTF-8, in the charset of its label where there is one, or cut. */
export function bytesOf(written: string, label: string): fc.Arbitrary<string> {
  return fc
    .constantFrom<(bytes: Buffer) => Buffer>(
      (bytes) => bytes,
      (bytes) => bytes,
      (bytes) => bytes.subarray(0, bytes.length - 1),
      (bytes) => bytes.subarray(1),
      () => Buffer.from(written),
      (bytes) => Buffer.concat([bytes, Buffer.from([0xff, 0xfe, 0x80, 0, 0x1b, 0x24])]),
    )
    .map((change) => change(encoded(written, label)).toString('latin1'));
}

function encoded(written: string, label: string): Buffer {
  const isText = !/^(?:base64|hex|binary|internal)$/.test(label);
  return isText && iconv.encodingExists(label) ? iconv.encode(written, label) : Buffer.from(written);
}

/** UTF-8, each byte as a character. */
export function utf8(written: string): string {
  return Buffer.from(written).toString('latin1');
}
