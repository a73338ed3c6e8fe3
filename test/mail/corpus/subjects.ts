import { type AwkwardMail, headed } from '../awkward-mail.js';

function subject(name: string, written: string | Buffer, read: string): AwkwardMail {
  const line = Buffer.concat([
    Buffer.from('From: a@sender.example\r\nSubject: '),
    Buffer.from(written as string),
  ]);
  return headed(name, line, { subject: read, headersAsSent: true });
}

/** Subjects with encoded words (RFC 2047), broken in every way. */
export const subjectMails: AwkwardMail[] = [
  subject(
    'a letter divided between two words of base64',
    '=?utf-8?B?R3LD?=\r\n =?utf-8?B?vMOfZQ==?=',
    'Grüße',
  ),
  subject('a letter divided between two quoted words', '=?gb2312?Q?=D6?= =?gb2312?Q?=D0=CE=C4?=', '中文'),
  subject('blanks inside of a quoted word', '=?utf-8?Q?Gr=C3=BC=C3=9Fe aus Wien?=', 'Grüße aus Wien'),
  subject('base64 without padding', '=?utf-8?B?R3LDvMOfZQ?=', 'Grüße'),
  subject('small letters throughout', '=?utf-8?q?gr=c3=bc=c3=9fe?=', 'grüße'),
  subject('a language', '=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'),
  subject('no blank between two words', '=?utf-8?Q?Gr=C3=BC?==?utf-8?Q?=C3=9Fe?=', 'Grüße'),
  subject('no blank before a word', 'Re:=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Re:Grüße'),
  subject('a blank between a word and a text stays', '=?utf-8?Q?Gr=C3=BC=C3=9Fe?= to all', 'Grüße to all'),
  subject('words of two charsets', '=?iso-8859-1?Q?Gr=FC=DFe?= =?koi8-r?B?8NLJ18XU?=', 'GrüßeПривет'),
  subject('Korean beyond KS X 1001', '=?ks_c_5601-1987?B?jGO55g==?=', '똠방'),
  subject('a charset of DOS', '=?ibm850?Q?=84=E1?=', 'äß'),
  subject('a charset with escapes', '=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=', 'こん'),
  subject('an escape in each word', '=?iso-2022-jp?B?GyRCJDMbKEI=?= =?iso-2022-jp?B?GyRCJHMbKEI=?=', 'こん'),
  subject('the charset of Korean terminals', '=?iso-2022-kr?Q?=1B$)C=0E0!=0F?=', '가'),
  subject('UTF-7', '=?utf-7?Q?Gr+APwA3w-e?=', 'Grüße'),
  subject('UTF-8 that says Latin-1', '=?iso-8859-1?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'),
  subject('a charset that there is not', '=?x-unknown?Q?Gr=FC=DFe?=', 'Grüße'),
  subject('a question mark that is not encoded', '=?utf-8?Q?Wirklich??=', 'Wirklich?'),
  subject('a word that was cut off', '=?utf-8?B?R3LDvMOfZSBhdXMgV2llbg', 'Grüße aus Wien'),
  subject('an encoding that there is not', '=?utf-8?X?abc?=', '=?utf-8?X?abc?='),
  subject('an underscore that is meant', '=?utf-8?Q?a=5Fb_c?=', 'a_b c'),
  subject('UTF-8 that is not encoded', 'Grüße aus Wien', 'Grüße aus Wien'),
  subject('a word folded in its middle', '=?utf-8?Q?Gr=C3=BC=\r\n C3=9Fe?=', 'Grüße'),
  subject('base64 folded in its middle', '=?utf-8?B?R3LD\r\n vMOfZQ==?=', 'Grüße'),
  subject('ISO-2022-JP that is not encoded', '\x1b$B$3$s\x1b(B ok', 'こん ok'),
  subject(
    'another header inside of a word',
    '=?utf-8?Q?Hi=0D=0ABcc:_eve=40evil.example?=',
    'Hi Bcc: eve@evil.example',
  ),
  subject('what turns a text around', '=?utf-8?Q?a=E2=80=AEcod=2Eexe?=', 'acod.exe'),
  subject('letters that are not seen', '=?utf-8?Q?Pay=E2=80=8BPal?=', 'PayPal'),
  subject('a family of one emoji', '=?utf-8?B?8J+RqeKAjfCfkac=?=', '👩‍👧'),
  subject('a word in quotes', '"=?utf-8?Q?Gr=C3=BC=C3=9Fe?="', '"Grüße"'),
  subject('what only looks like a word', 'a =?b c?= d', 'a =?b c?= d'),
  subject('folded with tabs', 'one\r\n\ttwo\r\n   three', 'one two three'),
  headed('an empty subject', 'From: a@sender.example\r\nSubject:', { subject: '' }),
  headed('no subject', 'From: a@sender.example\r\nX-Subject: Hi', { subject: null }),
  headed('a header that is spelt in capitals', 'FROM: a@sender.example\r\nSUBJECT: Hi', { subject: 'Hi' }),
];
