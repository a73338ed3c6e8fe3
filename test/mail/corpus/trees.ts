import { type AwkwardMail, several, single, utf8, utf8Html } from '../awkward-mail.js';

function forwarded(subject: string, body: string): string {
  return `From: Cy <cy@other.example>\r\nSubject: ${subject}\r\nDate: Sun, 4 Jan 2026 09:00:00 +0000\r\n${body}`;
}
const nested = forwarded(
  'First',
  `Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nthe first says\r\n--c\r\nContent-Type: message/rfc822\r\n\r\n${forwarded('Second', 'Content-Type: text/html\r\n\r\n<p>the second says')}\r\n--c--\r\n`,
);
const picture: [string, string] = [
  'image/png; name="logo.png"\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline',
  'x',
];
function container(subtype: string, ...parts: [string, string][]): [string, string] {
  return [
    `multipart/${subtype}; boundary=i`,
    `${parts.map(([type, body]) => `--i\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`).join('')}--i--`,
  ];
}

/** Trees of MIME (RFC 2046) as programs nest them. */
export const treeMails: AwkwardMail[] = [
  several(
    'a mail in a mail in a mail: the first',
    'mixed',
    [
      [utf8, 'See'],
      ['message/rfc822', nested],
    ],
    {
      partId: '1',
      subject: 'First',
      from: 'Cy <cy@other.example>',
      text: 'the first says',
      files: ['Second.eml'],
    },
  ),
  several(
    'a mail in a mail in a mail: the second',
    'mixed',
    [
      [utf8, 'See'],
      ['message/rfc822', nested],
    ],
    {
      partId: '1.0.1',
      subject: 'Second',
      text: 'the second says',
      files: [],
    },
  ),
  single(
    'a digest whose parts have no head',
    'multipart/digest; boundary=b',
    `--b\r\n\r\n${forwarded('One', '\r\none')}\r\n--b\r\n\r\n${forwarded('Two', '\r\ntwo')}\r\n--b--`,
    { files: ['One.eml', 'Two.eml'] },
  ),
  several(
    'an attached mail that has a name, too',
    'mixed',
    [
      [utf8, 'See'],
      [
        'message/rfc822; name="fwd.eml"\r\nContent-Disposition: attachment; filename="fwd.eml"',
        forwarded('Offer', '\r\nx'),
      ],
    ],
    { text: 'See', files: ['Offer.eml'] },
  ),
  several(
    'an attached mail in base64',
    'mixed',
    [
      [utf8, 'See'],
      [
        'message/rfc822\r\nContent-Transfer-Encoding: base64',
        Buffer.from(forwarded('Offer', '\r\nx')).toString('base64'),
      ],
    ],
    { files: ['Offer.eml'] },
  ),
  several(
    'a mail that is late',
    'report; report-type=delivery-status',
    [
      [utf8, 'Not yet.'],
      [
        'message/delivery-status',
        'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; b@x.example\r\nAction: delayed\r\nStatus: 4.4.1\r\nWill-Retry-Until: Thu, 8 Jan 2026 10:00:00 +0000\r\n\r\nFinal-Recipient: rfc822; c@x.example\r\nAction: delayed\r\nStatus: 4.4.1',
      ],
    ],
    {
      has: [
        'Not yet.',
        'b@x.example: delayed, 4.4.1; will be tried until Thu, 8 Jan 2026',
        'c@x.example: delayed',
      ],
      files: [],
    },
  ),
  several(
    'a reason over several lines',
    'report; report-type=delivery-status',
    [
      [
        'message/delivery-status',
        'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; b@x.example\r\nAction: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2\r\n  mailbox\r\n\tis full',
      ],
    ],
    { has: ['552 5.2.2 mailbox is full'] },
  ),
  several(
    'a mail that was thrown away unread',
    'report; report-type=disposition-notification',
    [
      [utf8, 'Deleted.'],
      [
        'message/disposition-notification',
        'Final-Recipient: rfc822;b@x.example\r\nOriginal-Message-ID: <m@x>\r\nDisposition: automatic-action/MDN-sent-automatically; deleted',
      ],
    ],
    { has: ['b@x.example: deleted', '<m@x>'] },
  ),
  several(
    'a complaint about spam',
    'report; report-type=feedback-report',
    [
      [utf8, 'A complaint.'],
      [
        'message/feedback-report',
        'Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: b@x.example',
      ],
      ['text/rfc822-headers', 'Subject: Buy\r\nTo: b@x.example'],
    ],
    { has: ['A complaint.', 'abuse: b@x.example', 'subject: Buy'], files: [] },
  ),
  several(
    'the two forks of a Macintosh file',
    'mixed',
    [
      [utf8, 'Here.'],
      container(
        'appledouble',
        ['application/applefile; name="photo.jpg"', 'x'],
        ['image/jpeg; name="photo.jpg"', 'x'],
      ),
    ],
    { text: 'Here.', has: [] },
  ),
  several(
    'a picture in the text',
    'related',
    [[utf8Html, '<p>Before <img src="cid:logo@x" alt="our logo"> after'], picture],
    { has: ['Before', 'our logo', 'after'], lacks: ['cid:'], files: ['logo.png'] },
  ),
  several(
    'the root of related parts that is not the first',
    'related; start="<r@x>"; type="text/html"',
    [picture, [`${utf8Html}\r\nContent-ID: <r@x>`, '<p>The text']],
    { text: 'The text' },
  ),
  several(
    'alternatives with pictures',
    'alternative',
    [
      [utf8, 'Hello Bob, all is well here.'],
      container('related', [utf8Html, '<p>Hello Bob, all is <b>well</b> here.'], picture),
    ],
    { text: 'Hello Bob, all is well here.', files: ['logo.png'], notes: 'none' },
  ),
  several(
    'alternatives in a mixed one in alternatives',
    'alternative',
    [
      [utf8, 'short'],
      container('mixed', [utf8Html, '<p>long and good'], ['application/pdf; name=a.pdf', 'x']),
    ],
    { text: 'long and good', files: ['a.pdf'] },
  ),
  several('texts around a picture', 'mixed', [[utf8, 'above'], picture, [utf8, 'below']], {
    text: 'above\n\nbelow',
    files: ['logo.png'],
  }),
  several(
    'a text file beside HTML',
    'mixed',
    [
      [utf8Html, '<p>See the notes'],
      [`${utf8}; name="notes.txt"\r\nContent-Disposition: inline; filename="notes.txt"`, 'a note'],
    ],
    { text: 'See the notes', files: ['notes.txt'] },
  ),
  several(
    'HTML that is a file',
    'mixed',
    [
      [utf8, 'See the page'],
      [`${utf8Html}\r\nContent-Disposition: attachment; filename="page.html"`, '<p>page'],
    ],
    { text: 'See the page', files: ['page.html'] },
  ),
  several(
    'HTML that is marked as a file among alternatives',
    'alternative',
    [
      [utf8, 'All of it'],
      [`${utf8Html}\r\nContent-Disposition: attachment`, '<p>All of it'],
    ],
    { text: 'All of it' },
  ),
  single(
    'nothing but an HTML that is marked as a file',
    `${utf8Html}\r\nContent-Disposition: attachment; filename="message.html"`,
    '<p>The <b>message',
    { text: 'The message', files: ['message.html'] },
  ),
  single('a type and a comma behind it', 'text/html, charset=utf-8', '<p>The <b>message', {
    text: 'The message',
  }),
  several(
    'an empty text before a named HTML',
    'mixed',
    [
      [utf8, ''],
      [
        `${utf8Html}; name="body.html"\r\nContent-Disposition: inline; filename="body.html"`,
        '<p>The message',
      ],
    ],
    { text: 'The message' },
  ),
  several(
    'an empty text and an HTML beside it',
    'mixed',
    [
      [utf8, '\r\n'],
      [utf8Html, '<p>The message'],
    ],
    { text: 'The message' },
  ),
  several(
    'an HTML without words and the text beside it',
    'alternative',
    [
      [utf8Html, '<html><body><!-- none --></body></html>'],
      [utf8, 'The message'],
    ],
    { text: 'The message' },
  ),
  several(
    'AMP among alternatives',
    'alternative',
    [
      [utf8, 'Your seat is 4A today'],
      ['text/x-amp-html', '<html ⚡4email>AMP only'],
      [utf8Html, '<p>Your seat is 4A today'],
    ],
    { text: 'Your seat is 4A today', files: [] },
  ),
  several(
    'a kind of text that there is not',
    'mixed',
    [
      ['text/x-changelog', '* fixed'],
      ['text/x-patch', '+one'],
    ],
    { text: '* fixed\n\n+one', files: [] },
  ),
  single('a type that is half a type', 'text', 'Plain words', { text: 'Plain words', files: [] }),
  single('a type in capitals with a loose end', 'TEXT/HTML;', '<p>Loud <b>words', { text: 'Loud words' }),
  several(
    'a visiting card',
    'mixed',
    [
      [utf8, 'My card'],
      ['text/vcard', 'BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD'],
    ],
    { text: 'My card', files: ['part 1.vcf'] },
  ),
  several(
    'rich text of Word',
    'mixed',
    [
      [utf8, 'See'],
      ['text/rtf', '{\\rtf1 x}'],
    ],
    { text: 'See', files: ['part 1.rtf'] },
  ),
  several(
    'what is kept elsewhere',
    'mixed',
    [
      [utf8, 'Fetch it'],
      [
        'message/external-body; access-type=URL; URL="https://x.example/big.zip"',
        'Content-Type: application/zip',
      ],
    ],
    { has: ['Fetch it'], notes: /kept elsewhere.*https:\/\/x\.example\/big\.zip/ },
  ),
  single('a piece of a mail', 'message/partial; id="x"; number=2; total=3', 'the middle', {
    notes: /one piece/,
  }),
  single('no part at all', 'multipart/mixed; boundary=b', '', { text: '' }),
  single(
    'only what stands before the parts',
    'multipart/mixed; boundary=b',
    'This is a message in MIME format.',
    { has: [] },
  ),
  single(
    'a boundary of marks',
    'multipart/mixed; boundary="=_(x):+?.b"',
    '--=_(x):+?.b\r\nContent-Type: text/plain\r\n\r\nin it\r\n--=_(x):+?.b--',
    { text: 'in it' },
  ),
  single(
    'a last boundary that never comes',
    'multipart/alternative; boundary=b',
    '--b\r\nContent-Type: text/plain\r\n\r\nHello Bob\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello Bob',
    { text: 'Hello Bob' },
  ),
  several(
    'a kind of container that there is not',
    'x-unknown',
    [
      [utf8, 'one'],
      [utf8, 'two'],
    ],
    { text: 'one\n\ntwo' },
  ),
  several(
    'a signed mail under the footer of a list',
    'mixed',
    [
      container(
        'signed; protocol="application/pgp-signature"',
        [utf8, 'My words'],
        ['application/pgp-signature; name="signature.asc"', 'x'],
      ),
      [utf8, '-- \r\nThe list'],
    ],
    { has: ['My words', 'The list'], notes: /signed with PGP/ },
  ),
  several(
    'a mail signed with S/MIME',
    'signed; protocol="application/pkcs7-signature"; micalg=sha-256',
    [
      [utf8, 'My words'],
      ['application/pkcs7-signature; name=smime.p7s', 'x'],
    ],
    { text: 'My words', notes: /signed with S\/MIME/, files: ['smime.p7s'] },
  ),
  single(
    'a text inside of its signature',
    'application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
    'x',
    { notes: /inside its S\/MIME signature/, files: ['smime.p7m'] },
  ),
  several(
    "winmail.dat under a type of its maker's",
    'mixed',
    [
      [utf8, 'Hi'],
      ['application/vnd.ms-tnef', 'x'],
    ],
    { notes: /winmail/, files: ['winmail.dat'] },
  ),
  several(
    'an S/MIME mail by its name alone',
    'mixed',
    [
      [utf8, ''],
      ['application/octet-stream; name="smime.p7m"', 'x'],
    ],
    { notes: /encrypted with S\/MIME/, files: ['smime.p7m'] },
  ),
  several(
    'a signed document among files',
    'mixed',
    [
      [utf8, 'The invoice'],
      ['application/pkcs7-mime; name="invoice.xml.p7m"', 'x'],
    ],
    { text: 'The invoice', notes: 'none', files: ['invoice.xml.p7m'] },
  ),
  several(
    'winmail.dat by its name alone',
    'mixed',
    [
      [utf8, 'Hi'],
      ['application/octet-stream; name="WINMAIL.DAT"', 'x'],
    ],
    { notes: /winmail/ },
  ),
];
