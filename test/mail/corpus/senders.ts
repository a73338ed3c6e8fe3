import { type AwkwardMail, headed } from '../awkward-mail.js';

function judged(results: string): string {
  return `Authentication-Results: mx.google.com; ${results}\r\n`;
}
const passed = judged(
  'dkim=pass header.i=@bank.example; spf=pass smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example',
);

function sent(name: string, headers: string, warnings: AwkwardMail['warnings']): AwkwardMail {
  return headed(name, headers, warnings === undefined ? {} : { warnings });
}

/** Who a mail says that it is from, and what speaks against it. */
export const senderMails: AwkwardMail[] = [
  sent(
    'a sender that is what it says',
    `${passed}From: The Bank <info@bank.example>\r\nReturn-Path: <bounce@mail.bank.example>`,
    'none',
  ),
  sent(
    'a newsletter sent by a service',
    `${judged('dkim=pass header.i=@bank.example; spf=pass smtp.mailfrom=sender.example; dmarc=pass')}From: The Bank <info@bank.example>\r\nReturn-Path: <bounce@sender.example>`,
    'none',
  ),
  sent(
    'a sender that DMARC refutes',
    `${judged('dkim=none; spf=softfail smtp.mailfrom=evil.example; dmarc=fail (p=NONE) header.from=bank.example')}From: info@bank.example`,
    /DMARC failed/,
  ),
  sent(
    'a judgement that the sender brought along',
    `${judged('spf=fail; dmarc=fail')}${passed}From: info@bank.example`,
    /DMARC failed/,
  ),
  sent(
    'a judgement in a comment',
    `${judged('(dmarc=pass) spf=fail; dmarc=fail')}From: info@bank.example`,
    /DMARC failed/,
  ),
  sent(
    'a judgement with the version of its form',
    'Authentication-Results: mx.google.com 1; dmarc=fail header.from=bank.example\r\nFrom: info@bank.example',
    /DMARC failed/,
  ),
  sent(
    'an address in a name, its sign a wide one',
    'From: "boss＠bank.example" <eve@evil.example>',
    /boss@bank\.example/,
  ),
  sent(
    'a judgement of another host alone',
    'Authentication-Results: evil.example; dmarc=pass\r\nFrom: info@bank.example',
    'none',
  ),
  sent(
    'answers that go elsewhere',
    `${passed}From: info@bank.example\r\nReply-To: help@evil.example`,
    /Replies go to help@evil\.example/,
  ),
  sent(
    'answers that go to another host of the same house',
    `${passed}From: info@bank.example\r\nReply-To: help@mail.bank.example`,
    'none',
  ),
  sent('a domain in letters of two scripts', 'From: info@аpple.example', /several scripts/),
  sent('a domain in punycode that looks like another', 'From: info@xn--80ak6aa92e.com', /looks like/),
  sent(
    'a domain that is nearly that of the owner',
    'From: boss@rnicrosoft.example\r\nTo: bob@microsoft.example',
    /looks like microsoft\.example/,
  ),
  sent('an honest domain of its own letters', 'From: info@münchen.example', 'none'),
];
