import { type AwkwardMail, headed } from '../awkward-mail.js';

function from(name: string, written: string, read: string, more: Partial<AwkwardMail> = {}): AwkwardMail {
  return headed(name, `From: ${written}`, { from: read, headersAsSent: true, ...more });
}

function to(name: string, written: string, read: string): AwkwardMail {
  return headed(name, `From: a@sender.example\r\nTo: ${written}`, { to: read, headersAsSent: true });
}

/** Names and addresses as programs write them, and as those do who feign others. */
export const addressMails: AwkwardMail[] = [
  to('a group', 'Team: ann@x.example, Bob <bob@x.example>;', 'Team: ann@x.example, Bob <bob@x.example>;'),
  to('recipients that are not told', 'undisclosed-recipients:;', 'undisclosed-recipients: ;'),
  to(
    'an encoded name in a group',
    'Team: =?utf-8?Q?J=C3=BCrgen?= <j@x.example>;',
    'Team: Jürgen <j@x.example>;',
  ),
  to(
    'semicolons between addresses',
    'ann@x.example; Bob <bob@x.example>',
    'ann@x.example, Bob <bob@x.example>',
  ),
  to('a comma too many', 'ann@x.example,, bob@x.example,', 'ann@x.example, bob@x.example'),
  to(
    'a comma in a name that Gmail has decoded',
    'Lovelace, Ada <ada@x.example>, bob@x.example',
    '"Lovelace, Ada" <ada@x.example>, bob@x.example',
  ),
  to('an encoded comma', '=?utf-8?Q?Lovelace=2C_Ada?= <ada@x.example>', '"Lovelace, Ada" <ada@x.example>'),
  to('folded between addresses', 'ann@x.example,\r\n\tbob@x.example', 'ann@x.example, bob@x.example'),
  from('a local part in quotes', '"john doe"@x.example', '"john doe"@x.example'),
  from('a domain in letters of its own', 'Jörg <j@münchen.example>', 'Jörg <j@münchen.example>'),
  from('a name in a comment', 'ann@x.example (Ann Example)', 'Ann Example <ann@x.example>'),
  from('a bracket that does not close', 'Ann <ann@x.example', 'Ann <ann@x.example>'),
  from('a name alone', 'Ann', 'Ann'),
  from('a route', 'Ann <@a.example,@b.example:ann@x.example>', 'Ann <ann@x.example>'),
  from('brackets in brackets', 'Ann <<ann@x.example>>', 'Ann <ann@x.example>'),
  from('an encoded name in quotes', '"=?utf-8?Q?J=C3=BCrgen?=" <j@x.example>', 'Jürgen <j@x.example>'),
  from(
    'a name encoded in two words',
    '=?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?_M=C3=BCller?= <j@x.example>',
    'Jürgen Müller <j@x.example>',
  ),
  from(
    'a name that shows another address',
    '=?utf-8?Q?Boss_=3Cboss=40bank.example=3E?= <eve@evil.example>',
    '"Boss <boss@bank.example>" <eve@evil.example>',
    { warnings: /boss@bank\.example.*eve@evil\.example/ },
  ),
  from(
    'the same as Gmail has decoded it',
    'Boss <boss@bank.example> <eve@evil.example>',
    '"Boss <boss@bank.example>" <eve@evil.example>',
    { warnings: /boss@bank\.example.*eve@evil\.example/ },
  ),
  from('a name in apostrophes', "'Ann' <ann@x.example>", "'Ann' <ann@x.example>"),
  from('a name with brackets of its own', 'Ann (Sales) <ann@x.example>', '"Ann (Sales)" <ann@x.example>'),
  from(
    'a name with quotes in it',
    '"Ann \\"The Boss\\" Example" <ann@x.example>',
    '"Ann \\"The Boss\\" Example" <ann@x.example>',
  ),
  from('an address twice', '"ann@x.example" <ann@x.example>', 'ann@x.example'),
  from('no blank before the bracket', '"Ann Example"<ann@x.example>', 'Ann Example <ann@x.example>'),
  from('a colon in a name', 'Ann: Support <ann@x.example>', '"Ann: Support" <ann@x.example>'),
  from('a semicolon in a name', 'Sales; Support <a@x.example>', '"Sales; Support" <a@x.example>'),
  from('letters that are not seen in a name', 'Pay\u200bPal\u202e <a@x.example>', 'PayPal <a@x.example>'),
  from('emoji in a name', '🎉 Deals <a@x.example>', '"🎉 Deals" <a@x.example>'),
  from('two authors', 'Ann <ann@x.example>, Bob <bob@x.example>', 'Ann <ann@x.example>, Bob <bob@x.example>'),
  from('a host by its number', 'root@[192.0.2.1]', 'root@[192.0.2.1]'),
  headed('no sender', 'Subject: Hi', { from: null }),
  headed('an empty sender', 'From:\r\nSubject: Hi', { from: '' }),
];
