import { type AwkwardMail, bytes, head, single, utf8 } from '../awkward-mail.js';

const flowed = `${utf8}; format=flowed`;
const uuencoded = ['begin 644 photo.jpg', ...Array<string>(20).fill(`M${'A'.repeat(60)}`), '`', 'end'].join(
  '\r\n',
);
function armour(kind: string, content: string): string {
  return `-----BEGIN PGP ${kind}-----\r\n${content}\r\n-----END PGP ${kind}-----`;
}

/** Plain texts, and what stands in them that is no text. */
export const textMails: AwkwardMail[] = [
  single('a paragraph of several quotes', flowed, '>> deep \r\n>> er\r\n> less \r\n> deep', {
    text: '>> deep er\n> less deep',
  }),
  single('a signature in flowed text', flowed, 'Text \r\n-- \r\nAnn \r\nExample', {
    text: 'Text \n-- \nAnn Example',
  }),
  single('stuffed blanks', flowed, ' From here\r\n > no quote', { text: 'From here\n> no quote' }),
  single('Japanese that flows', `${flowed}; delsp=yes`, '日本 \r\n語の \r\n文', { text: '日本語の文' }),
  single('a quote that flows without its blanks', `${flowed}; DelSp="Yes"`, '> so \r\n> me', {
    text: '> some',
  }),
  single('a text that says that it does not flow', `${utf8}; format=fixed`, 'one \r\ntwo', {
    text: 'one \ntwo',
  }),
  single('what turns a text around', utf8, 'pay \u202e001\u202c now', { text: 'pay 001 now' }),
  single('Arabic with its marks', utf8, 'می\u200cخواهم', { text: 'می\u200cخواهم' }),
  single('Indic letters that are joined', utf8, 'क्\u200dष', { text: 'क्\u200dष' }),
  single('a flag and a family', utf8, '🏳️‍🌈 👨‍👩‍👧 1️⃣', { text: '🏳️‍🌈 👨‍👩‍👧 1️⃣' }),
  single('letters that are not seen', utf8, 'Pass\u00adw\u200bo\u2060rd\ufeff', { text: 'Password' }),
  single(
    'words in characters that are tags',
    utf8,
    `a${Array.from('EVIL')
      .map((each) => String.fromCodePoint(0xe0000 + each.charCodeAt(0)))
      .join('')}b`,
    { text: 'ab' },
  ),
  single('bytes in selectors of variants', utf8, `a\ufe01\ufe02\u{e0110}b`, { text: 'ab' }),
  single('accents that are letters of their own', utf8, 'Cafe\u0301', { text: 'Cafe\u0301' }),
  bytes('half of a pair', utf8, '61 eda080 62', { lacks: ['\ud800'], has: ['a', 'b'] }),
  single('line ends of an old Macintosh', utf8, 'one\rtwo\rthree', { text: 'one\ntwo\nthree' }),
  single('line ends of every kind', utf8, 'one\r\ntwo\nthree\rfour\u2028five', {
    text: 'one\ntwo\nthree\nfour\nfive',
  }),
  single('a page that is turned', utf8, 'one\ftwo', { text: 'one\ntwo' }),
  single('brackets that are no HTML', utf8, 'Ann <ann@x.example> says a < b > c', {
    text: 'Ann <ann@x.example> says a < b > c',
  }),
  single('a discussion of HTML', utf8, 'Use <div> and </div> for that.', {
    text: 'Use <div> and </div> for that.',
  }),
  single(
    'a discussion of HTML that begins with a tag',
    utf8,
    '<b>bold</b> is how it is written, and <br> breaks a line.',
    { text: '<b>bold</b> is how it is written, and <br> breaks a line.' },
  ),
  single('a patch of HTML', utf8, '-<div class="a">\r\n+<div class="b">\r\n </div>', {
    text: '-<div class="a">\n+<div class="b">\n </div>',
  }),
  single(
    'the source of HTML behind its declaration',
    utf8,
    '<?xml version="1.0"?>\r\n<html><p>Seen</p></html>',
    {
      text: 'Seen',
    },
  ),
  single(
    'the source of HTML that begins with a heading',
    utf8,
    '<h1>Order</h1><a href="https://t.example/1">it</a>',
    {
      has: ['Order', 'it [https://t.example/1]'],
      lacks: ['<'],
    },
  ),
  single(
    'the source of HTML that begins in a line',
    utf8,
    '<b>Bob</b>,<br><br>it is <i>here</i>.<br>\r\nAnn',
    {
      has: ['Bob,\n\nit is here.'],
      lacks: ['<'],
    },
  ),
  single(
    'the source of HTML that begins with words',
    utf8,
    'Dear Bob,<br /><br />it is here: <a href="https://t.example/2">it</a>',
    { text: 'Dear Bob,\n\nit is here: it [https://t.example/2]' },
  ),
  single('words before a style sheet', utf8, 'Hello Bob\r\n\r\n.a { x: y }\r\n.b { x: y }\r\nBye', {
    has: ['Hello Bob', 'Bye'],
  }),
  single(
    'a style sheet with comments, and selectors on lines of their own',
    utf8,
    '/* Reset */\r\nbody,\r\ntd { x: y }\r\n/* More */ .b\r\n{ x: y }\r\n\r\nHello',
    { text: 'Hello' },
  ),
  single('entities that are no HTML', utf8, 'AT&amp;T &lt;3', { text: 'AT&amp;T &lt;3' }),
  single('a file in the text (uuencode)', utf8, `Look:\r\n${uuencoded}\r\nNice?`, {
    has: ['Look:', 'photo.jpg', 'Nice?'],
    lacks: ['AAAA'],
  }),
  bytes(
    'a file in the text (yEnc)',
    utf8,
    Buffer.from(
      `Look:\r\n=ybegin line=128 size=256 name=a.bin\r\n${'x'.repeat(128)}\r\n${'x'.repeat(128)}\r\n=yend size=256\r\nNice?`,
    ).toString('hex'),
    { has: ['Look:', 'a.bin', 'Nice?'], lacks: ['xxxx'] },
  ),
  single('a word that begins like a file', utf8, 'begin 644 is what uuencode writes\r\nend', {
    text: 'begin 644 is what uuencode writes\nend',
  }),
  single(
    'a text signed with PGP',
    utf8,
    '-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nMy words\r\n- - a list\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQEzBAEBCAAdFiEE\r\n-----END PGP SIGNATURE-----\r\n',
    { text: 'My words\n- a list', notes: /signed with PGP/ },
  ),
  single('a text encrypted with PGP', utf8, `Hi\r\n${armour('MESSAGE', '\r\nhQEMA')}`, {
    has: ['Hi'],
    notes: /encrypted with PGP/,
  }),
  single('only blanks', utf8, ' \r\n\t\r\n', { text: '' }),
  single('rich text of 1992', 'text/richtext', '<bold>Now</bold><nl>it<lt>3', {
    has: ['Now', 'it<3'],
    lacks: ['<bold>', '<nl>'],
  }),
  single('text/enriched with parameters', 'text/enriched', '<color><param>red</param>Red</color> << one', {
    text: 'Red < one',
  }),
  single('a very long line', utf8, 'word '.repeat(2_000), { has: ['word word word'] }),
  { name: 'nothing at all', mail: Buffer.alloc(0), text: '', from: null, subject: null, files: [] },
  { name: 'a head alone, cut off', mail: Buffer.from(head.trimEnd()), text: '', subject: 'Case' },
  { name: 'a body alone', mail: Buffer.from('\r\nJust words'), text: 'Just words', from: null },
];
