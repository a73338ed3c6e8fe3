import { type AwkwardMail, head, html, several, single, utf8, utf8Html } from '../awkward-mail.js';

const inner = 'From: Cy <cy@other.example>\r\nSubject: Inside\r\nDate: Sun, 4 Jan 2026 09:00:00 +0000\r\n';
const event =
  'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART;TZID=Asia/Tokyo:20260110T090000\r\nATTENDEE;RSVP=TRUE:mailto:bob@reader.example\r\nEND:VEVENT\r\nEND:VCALENDAR';

/** Mails of the kinds that programs and spam send, and readers of mail get wrong. */
export const mixedMails: AwkwardMail[] = [
  several(
    'a stub before the HTML',
    'alternative',
    [
      [utf8, 'Please view in a browser'],
      [utf8Html, '<p>Code 482913'],
    ],
    { has: ['Code 482913'], lacks: ['Please view'], notes: /partId "0"/ },
  ),
  several(
    'an empty HTML',
    'alternative',
    [
      [utf8, 'All is here'],
      [utf8Html, '<html><body>&nbsp;</body></html>'],
    ],
    { has: ['All is here'] },
  ),
  several(
    'a HTML of pictures',
    'alternative',
    [
      [utf8, 'All is here'],
      [utf8Html, '<img src="x.png">'],
    ],
    { has: ['All is here'] },
  ),
  several(
    'the HTML first',
    'alternative',
    [
      [utf8Html, '<p>shown'],
      [utf8, 'another thing altogether than that'],
    ],
    { has: ['shown'], lacks: ['altogether'] },
  ),
  several(
    'two HTML alternatives',
    'alternative',
    [
      [utf8Html, '<p>first'],
      [utf8Html, '<p>second'],
    ],
    { has: ['second'], lacks: ['first'] },
  ),
  several(
    'a calendar among alternatives',
    'alternative',
    [
      [utf8, 'You are invited'],
      [utf8Html, '<p>You are invited'],
      ['text/calendar; method=REQUEST', event],
    ],
    { has: ['You are invited', 'What: Tea', 'Asia/Tokyo', 'an answer is asked for'], files: [] },
  ),
  several(
    'a calendar that is a file',
    'mixed',
    [
      [utf8, 'Hi'],
      ['text/calendar; name="invite.ics"', event],
    ],
    { has: ['Hi', 'What: Tea'], files: ['invite.ics'] },
  ),
  several(
    'HTML for watches',
    'alternative',
    [
      [utf8, 'Seat 4A'],
      ['text/watch-html', '<b>Seat'],
      [utf8Html, '<p>Seat 4A'],
    ],
    { has: ['Seat 4A'], files: [] },
  ),
  several(
    'the same twice in related',
    'related',
    [
      [utf8Html, '<p>Hello Bob, it is ready.'],
      [utf8, 'Hello Bob, it is ready.'],
    ],
    { has: ['it is ready'], files: [] },
  ),
  several(
    'a footer behind the text',
    'mixed',
    [
      [utf8Html, '<p>Text'],
      [utf8, 'List footer'],
    ],
    { has: ['Text', 'List footer'] },
  ),
  several(
    'a mail in a mail',
    'mixed',
    [
      [utf8, 'See'],
      ['message/rfc822', `${inner}\r\nText inside`],
    ],
    { has: ['See'], lacks: ['Text inside'], files: ['Inside.eml'] },
  ),
  several(
    'a mail without subject in a mail',
    'mixed',
    [
      [utf8, 'See'],
      ['message/rfc822', 'From: c@x.example\r\n\r\nText'],
    ],
    { files: ['mail 1.eml'] },
  ),
  several(
    'a digest',
    'digest',
    [
      ['message/rfc822', `${inner}\r\none`],
      ['message/rfc822', `${inner.replace('Inside', 'Second')}\r\ntwo`],
    ],
    { files: ['Inside.eml', 'Second.eml'] },
  ),
  several(
    'a mail that came back',
    'report; report-type=delivery-status',
    [
      [utf8, 'It did not go.'],
      [
        'message/delivery-status',
        'Reporting-MTA: dns;x\r\n\r\nFinal-Recipient: rfc822;b@x.example\r\nAction: failed\r\nStatus: 5.1.1',
      ],
      ['message/rfc822', `${inner}\r\nmine`],
    ],
    { has: ['It did not go.', 'b@x.example: failed, 5.1.1'], files: ['Inside.eml'] },
  ),
  several(
    'a mail that was read',
    'report; report-type=disposition-notification',
    [
      [utf8, 'Was read.'],
      [
        'message/disposition-notification',
        'Final-Recipient: rfc822;b@x.example\r\nDisposition: manual-action/MDN-sent-manually; displayed',
      ],
    ],
    { has: ['Was read.', 'b@x.example: displayed'], files: [] },
  ),
  several(
    'a PGP mail',
    'encrypted; protocol="application/pgp-encrypted"',
    [
      ['application/pgp-encrypted', 'Version: 1'],
      ['application/octet-stream; name="encrypted.asc"', 'x'],
    ],
    { notes: /encrypted with PGP/, files: ['version.pgp', 'encrypted.asc'] },
  ),
  several(
    'a signed mail',
    'signed; protocol="application/pgp-signature"',
    [
      [utf8, 'Signed text'],
      ['application/pgp-signature', 'x'],
    ],
    { has: ['Signed text'], notes: /signed with PGP/, files: ['signature.asc'] },
  ),
  several(
    'winmail.dat',
    'mixed',
    [
      [utf8, 'Hi'],
      ['application/ms-tnef', 'x'],
    ],
    { notes: /winmail/, files: ['winmail.dat'] },
  ),
  single('an S/MIME mail', 'application/pkcs7-mime; smime-type=enveloped-data', 'x', {
    notes: /encrypted with S\/MIME/,
    files: ['smime.p7m'],
  }),
  several(
    'a text with a name beside the text',
    'mixed',
    [
      [utf8, 'Body'],
      ['text/plain; name="log.txt"', 'log line'],
    ],
    { has: ['Body'], lacks: ['log line'], files: ['log.txt'] },
  ),
  single('Markdown', 'text/markdown; charset=utf-8', '# Head\r\n\r\n* one', { has: ['# Head', '* one'] }),
  single('text/enriched', 'text/enriched', '<bold>Now</bold> it\r\nis', { has: ['Now it is'] }),
  single('format=flowed', `${utf8}; format=flowed`, 'one \r\ntwo\r\n> three \r\n> four', {
    has: ['one two', '> three four'],
  }),
  single('the source of HTML as a text', utf8, '<html><body><div>Seen</div></body></html>', {
    has: ['Seen'],
    lacks: ['<div'],
  }),
  single('a style sheet as a text', utf8, '.a { x: y }\r\n.b { x: y }\r\nHello', {
    has: ['Hello'],
    lacks: ['{'],
  }),
  single('terminal escapes', utf8, 'a \x1b]0;title\x07b \x1b[2Jc', {
    has: ['a b c'],
    lacks: ['\x1b', '\x07'],
  }),
  {
    name: 'two senders',
    mail: Buffer.from(`From: Eve <eve@evil.example>\r\n${head}\r\ntext`),
    warnings: /2 From/,
  },
  { name: 'two subjects', mail: Buffer.from(`Subject: Other\r\n${head}\r\ntext`), warnings: /2 Subject/ },
  { name: 'no type at all', mail: Buffer.from(`${head}\r\nPlain words`), has: ['Plain words'] },
  { name: 'no body at all', mail: Buffer.from(`${head}\r\n`), has: [] },
  single('UTF-8 that says KOI8-R', 'text/plain; charset=koi8-r', 'Zażółć', { has: ['Zażółć'] }),
  single(
    'windows-1251 in quotes and blanks',
    'text/plain; charset = " windows-1251 "',
    Buffer.from('cff0e8', 'hex'),
    { has: ['При'] },
  ),
  single(
    'windows-1251 behind a comment',
    'text/plain; charset=(Cyrillic) windows-1251',
    Buffer.from('cff0e8', 'hex'),
    { has: ['При'] },
  ),
  single('windows-1252 that says UTF-8', utf8, Buffer.from('93636166e994', 'hex'), { has: ['“café”'] }),
  single('Shift_JIS by another name', 'text/plain; charset=cp932', Buffer.from('93fa8740', 'hex'), {
    has: ['日①'],
  }),
  single('a code page of DOS', 'text/plain; charset=ibm850', Buffer.from('84e1', 'hex'), { has: ['äß'] }),
  single('ISO-2022-JP that says ASCII', 'text/plain; charset=us-ascii', '\x1b$B$3$s\x1b(B', {
    has: ['こん'],
    lacks: ['\x1b'],
  }),
  single('ISO-2022-KR', 'text/plain; charset=iso-2022-kr', Buffer.from('1b2429430e3021300f', 'hex'), {
    has: ['가'],
  }),
  single('HZ', 'text/plain; charset=hz-gb-2312', '~{VP~}', { has: ['中'] }),
  single('UTF-16 with a mark', 'text/plain; charset=utf-16', Buffer.from('fffe41004200', 'hex'), {
    has: ['AB'],
  }),
  single(
    'a charset in <meta> alone',
    'text/html',
    Buffer.concat([Buffer.from('<meta charset=windows-1251><p>'), Buffer.from('cff0e8', 'hex')]),
    { has: ['При'] },
  ),
  html(
    'ink on its ground',
    '<div style="background:#eee">a<span style="color:#eee">X</span></div>',
    ['a'],
    ['X'],
  ),
  html('nearly no ink', '<p>a<span style="color:rgba(0,0,0,.02)">X</span>', ['a'], ['X']),
  html('white on a picture', '<table background="p.png"><tr><td style="color:#fff">X</td></tr></table>', [
    'X',
  ]),
  html('white on dark', '<body bgcolor="#000"><font color="white">X</font>', ['X']),
  html('off the page', '<p>a<span style="position:absolute;left:-9999px">X</span>', ['a'], ['X']),
  html(
    'for screen readers alone',
    '<p>a<span style="position:absolute;width:1px;height:1px;overflow:hidden">X</span>',
    ['a'],
    ['X'],
  ),
  html(
    'hidden by an ancestor',
    '<style>.p .h{display:none}</style><div class="p">a<b class="h">X</b></div>',
    ['a'],
    ['X'],
  ),
  html(
    'hidden on telephones',
    '<style>@media (max-width:600px){.h{display:none}}</style><b class="h">X</b>',
    ['X'],
  ),
  html('hidden from Outlook', '<a href="https://a.example" style="mso-hide:all">X</a>', [
    'X [https://a.example]',
  ]),
  html('for Outlook alone', 'a<!--[if mso]>X<![endif]-->', ['a'], ['X']),
  html('font size zero around', '<div style="font-size:0"><div style="font-size:14px">X</div></div>', ['X']),
  html('a preheader', '<div style="display:none;max-height:0">X</div><p>a', ['a'], ['X']),
  html('a link in a link', '<a href="https://a.example">a <a href="https://b.example">b</a> c', [
    'a [https://a.example]',
    'b [https://b.example]',
  ]),
  html('a button of a table', '<a href="https://a.example"><table><tr><td>Pay</td></tr></table></a>', [
    'Pay [https://a.example]',
  ]),
  html('a picture that is a button', '<a href="https://a.example"><img src="b.png"></a>', [
    'https://a.example',
  ]),
  html(
    'a picture with words that is a button',
    '<a href="https://a.example"><img alt="Pay now" src="b.png"></a>',
    ['Pay now [https://a.example]'],
  ),
  html('a host without a scheme', '<a href="docs.example.com/x?y">it</a>', ['it [docs.example.com/x?y]']),
  html('a script for a link', '<a href="javascript:x()">it</a>', ['it'], ['javascript']),
  html('a receipt', '<table><tr><td>Pen</td><td>3.00</td></tr><tr><td>Ink</td><td>9.50</td></tr></table>', [
    'Pen | 3.00',
    'Ink | 9.50',
  ]),
  html('a price that was', '<p>now <del>40</del> 20', ['~~40~~ 20']),
  html('a quote', 'yes<blockquote type="cite">really?</blockquote>', ['> really?']),
  html('lines of Apple', '<div>one</div><div>two</div>', ['one\ntwo']),
  html('a closed detail', '<details><summary>More</summary>X</details>', ['More'], ['X']),
];
