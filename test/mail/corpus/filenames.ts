import { type AwkwardMail, several, utf8 } from '../awkward-mail.js';

/** Names of parts as Gmail makes them of RFC 2231, of encoded words, and of worse. */
export const filenameMails: AwkwardMail[] = [
  several(
    'a name in pieces and in a charset',
    'mixed',
    [
      [utf8, 'x'],
      [
        "application/pdf\r\nContent-Disposition: attachment; filename*0*=utf-8'de'Gr%C3%BC; filename*1*=%C3%9Fe; filename*2=.pdf",
        'x',
      ],
    ],
    { files: ['Grüße.pdf'] },
  ),
  several(
    'a plain name beside an encoded one',
    'mixed',
    [
      [utf8, 'x'],
      [
        'application/pdf; name="other.pdf"\r\nContent-Disposition: attachment; filename="Gruesse.pdf"; filename*=iso-8859-1\'\'Gr%FC%DFe.pdf',
        'x',
      ],
    ],
    { files: ['Grüße.pdf'] },
  ),
  several(
    'an encoded word for a name',
    'mixed',
    [
      [utf8, 'x'],
      ['application/pdf; name="=?utf-8?B?R3LDvMOfZS5wZGY=?="', 'x'],
    ],
    { files: ['Grüße.pdf'] },
  ),
  several(
    'a name that hides its kind',
    'mixed',
    [
      [utf8, 'x'],
      ['application/octet-stream; name="invoice\u202efdp.exe"', 'x'],
    ],
    { files: ['invoicefdp.exe'] },
  ),
  several(
    'a name of which nothing is seen',
    'mixed',
    [
      [utf8, 'x'],
      ['application/pdf; name="\u200b\u2060"', 'x'],
    ],
    { files: ['part 1.pdf'] },
  ),
  several(
    'a name over two lines',
    'mixed',
    [
      [utf8, 'x'],
      ['application/pdf; name="two\r\n  lines.pdf"', 'x'],
    ],
    { files: ['two lines.pdf'] },
  ),
  several(
    'a type that programs stumble over',
    'mixed',
    [
      [utf8, 'x'],
      ['constructor', 'x'],
    ],
    { files: ['part 1.bin'] },
  ),
];
