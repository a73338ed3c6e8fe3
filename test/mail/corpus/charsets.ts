import { type AwkwardMail, bytes, single, utf8 } from '../awkward-mail.js';

const russian = 'cff0e8e2e5f2';

function plain(name: string, charset: string, hex: string, text: string): AwkwardMail {
  return bytes(name, `text/plain; charset=${charset}`, hex, { text });
}

/** Texts whose charset is named wrong, oddly, or not at all. The bytes are those of Python's codecs. */
export const charsetMails: AwkwardMail[] = [
  plain('half-width katakana and a wave dash of Windows', 'x-sjis', 'b6c0b6c581608abf8e9a', 'ｶﾀｶﾅ～漢字'),
  plain('a frame of DOS', 'cp437', '6361668220c9cdbb', 'café ╔═╗'),
  plain("Polish of DOS, under IBM's name", 'IBM852', '5a61bea28886', 'Zażółć'),
  plain('Russian of DOS', 'ibm866', '8fe0a8a2a5e2', 'Привет'),
  plain('a code page whose number begins with zeros', 'IBM00858', '3520d5', '5 €'),
  plain('letters of GBK under GB 2312', 'gb2312', 'd6ece946bbf9', '朱镕基'),
  plain('four bytes of GB 18030', 'gb18030', '8139ee39', '㐀'),
  plain('letters of Hong Kong', 'Big5-HKSCS', '9def', '嘅'),
  plain('letters of Hong Kong under Big5', 'big5', '9def', '嘅'),
  plain('Ukrainian letters of KOI8', 'koi8-u', 'a7d6c1cb', 'їжак'),
  plain('letters of a Macintosh', 'macintosh', '528e756e696f6ec9', 'Réunion…'),
  plain('Cyrillic of a Macintosh', 'x-mac-cyrillic', '8ff0e8e2e5f2', 'Привет'),
  plain('a Macintosh of Central Europe', 'x-mac-ce', '5a61fd97b88d', 'Zażółć'),
  plain('UTF-16 in network order without a mark', 'utf-16', '0047007200fc00df0065', 'Grüße'),
  plain('UTF-16 in Intel order without a mark', 'utf-16', 'e5652c679e8a20006f006b00', '日本語 ok'),
  plain('UTF-16 whose mark contradicts its label', 'utf-16le', 'feff00470072', 'Gr'),
  plain('UTF-16 without a label', 'us-ascii', '47007200fc00df0065000d000a00', 'Grüße'),
  plain('ASCII that says UTF-16', 'utf-16', '48656c6c6f2c20426f62', 'Hello, Bob'),
  plain('UTF-32 with a mark', 'utf-32', 'fffe00004700000072000000fc000000', 'Grü'),
  plain('UTF-32 in network order', 'utf-32be', '000000470000007200000072', 'Grr'),
  single('the old name of UTF-7', 'text/plain; charset=unicode-1-1-utf-7', 'Gr+APwA3w-e', { text: 'Grüße' }),
  single('HZ with a broken line and a tilde', 'text/plain; charset=hz-gb-2312', 'a~~b ~{VP~}~\nc', {
    text: 'a~b 中c',
  }),
  plain('ISO-2022-CN', 'iso-2022-cn', '1b2429410e 5650 4e44 0f 6f6b', '中文ok'),
  single('a circled number in ISO-2022-JP', 'text/plain; charset=iso-2022-jp', '\x1b$B-!\x1b(B', {
    text: '①',
  }),
  single('half-width katakana in ISO-2022-JP', 'text/plain; charset=iso-2022-jp', '\x1b(I6@\x1b(B', {
    text: 'ｶﾀ',
  }),
  single(
    'ISO-2022-JP that does not come back to ASCII',
    'text/plain; charset=iso-2022-jp',
    '\x1b$B$3$s\r\nok',
    {
      has: ['こん'],
      lacks: ['\x1b', '$B'],
    },
  ),
  single('ISO-2022-JP that says Latin-1', 'text/plain; charset=iso-8859-1', '\x1b$B$3$s\x1b(B', {
    text: 'こん',
  }),
  plain('a row of NEC in EUC-JP', 'x-euc-jp', 'ada1', '①'),
  plain('quotes of Windows under ISO 8859-1', 'iso-8859-1', '93686994', '“hi”'),
  plain('a euro in ISO 8859-15', 'iso_8859-15', '3520a4', '5 €'),
  plain('Hebrew that says how it is ordered', 'iso-8859-8-i', 'f9ece5ed', 'שלום'),
  plain('Thai under its oldest name', 'TIS-620', 'e4b7c2', 'ไทย'),
  plain('Vietnamese that WHATWG does not know', 'viscii', '5669ae74', 'Việt'),
  plain('UTF-8 under unknown-8bit', 'unknown-8bit', '4772c3bcc39f65', 'Grüße'),
  plain('Latin-1 under x-unknown', 'x-unknown', '4772fcdf65', 'Grüße'),
  plain('Latin-1 under ASCII', 'us-ascii', '4772fcdf65', 'Grüße'),
  plain('a label that programs stumble over', 'constructor', '4772fcdf65', 'Grüße'),
  plain('an empty label', '""', '4772fcdf65', 'Grüße'),
  plain('a label in two kinds of quotes', `"'windows-1251'"`, russian, 'Привет'),
  plain('semicolons behind the label', 'windows-1251;;', russian, 'Привет'),
  plain('a comment behind the label', 'windows-1251 (Plain text)', russian, 'Привет'),
  plain('a quote that does not close', '"windows-1251', russian, 'Привет'),
  plain('a label in capitals, misspelt', 'CP-1251', russian, 'Привет'),
  plain('a label with an underscore', 'windows_1251', russian, 'Привет'),
  plain('a label with an equals sign too many', '=windows-1251', russian, 'Привет'),
  plain('two labels', 'windows-1251; charset=utf-8', russian, 'Привет'),
  plain('a label whose quotes are escaped', '\\"windows-1251\\"', russian, 'Привет'),
  plain('a label in angle brackets', '<windows-1251>', russian, 'Привет'),
  bytes('a label behind a colon', 'text/plain; charset: windows-1251', russian, { text: 'Привет' }),
  bytes(
    'a label in what another parameter says',
    'text/plain; x="a; charset=koi8-r"; charset=windows-1251',
    russian,
    {
      text: 'Привет',
    },
  ),
  single('UTF-7 by the name of its registry', 'text/plain; charset=csUnicode11UTF7', 'Gr+APwA3w-e', {
    text: 'Grüße',
  }),
  single('JIS X 0213', 'text/plain; charset=iso-2022-jp-2004', '\x1b$(Q$3$s\x1b(B', { text: 'こん' }),
  bytes('a label with a language', "text/plain; charset*=us-ascii'en'windows-1251", russian, {
    text: 'Привет',
  }),
  bytes('a label in two pieces', 'text/plain; charset*0=windows-; charset*1=1251', russian, {
    text: 'Привет',
  }),
  bytes('a label behind a comma', 'text/plain, charset=windows-1251', russian, { text: 'Привет' }),
  bytes('UTF-8 cut in the middle of a letter', utf8, '4772c3bcc39f65c3', { has: ['Grüße'], lacks: ['Ã'] }),
  plain('a mark of UTF-8 before Latin letters', 'iso-8859-1', 'efbbbf4869', 'Hi'),
  bytes('marks of UTF-8 where texts were put together', utf8, '61 efbbbf 62 efbbbf', { text: 'ab' }),
  bytes('a footer in Latin-1 below UTF-8', utf8, `${hexOf('Zażółć, Grüße\n-- \n')}536f6369e974e9204d`, {
    text: 'Zażółć, Grüße\n-- \nSociété M',
  }),
  bytes('an emoji in two halves (CESU-8)', utf8, '6f6b20 eda0bd edb18d', { text: 'ok 👍' }),
  bytes('NULs between letters', utf8, '4f004b', { text: 'OK' }),
  bytes(
    'a header that knows better than the HTML',
    'text/html; charset=windows-1251',
    `${hexOf('<meta charset=koi8-r><p>')}${russian}`,
    { text: 'Привет' },
  ),
  bytes(
    'a HTML that knows better than the header',
    'text/html; charset=utf-8',
    `${hexOf('<meta charset=windows-1251><p>')}${russian}`,
    { text: 'Привет' },
  ),
  bytes(
    'a charset in the declaration of XML',
    'text/html',
    `${hexOf('<?xml version="1.0" encoding="windows-1251"?><p>')}${russian}`,
    { text: 'Привет' },
  ),
  single('a HTML that says UTF-16 and is not', 'text/html', '<meta charset="utf-16"><p>Hello', {
    text: 'Hello',
  }),
  bytes(
    'a charset in a comment before that of the HTML',
    'text/html',
    `${hexOf('<!-- <meta charset=koi8-r> --><meta charset=windows-1251><p>')}${russian}`,
    { text: 'Привет' },
  ),
  bytes(
    'a charset behind a long style sheet',
    'text/html',
    `${hexOf(`<style>${'a{b:c}'.repeat(2_000)}</style><meta charset=windows-1251><p>`)}${russian}`,
    { text: 'Привет' },
  ),
  bytes(
    'a charset behind a long comment',
    'text/html',
    `${hexOf(`<!--${'x'.repeat(2_000)}--><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>`)}${russian}`,
    { text: 'Привет' },
  ),
];

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}
