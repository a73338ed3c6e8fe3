import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GmailMessage } from '../client/answers.js';
import { headerUris } from './header-uris.js';
import { mailTo } from './mail-to.js';
import { unsubscribeOffer } from './unsubscribe-offer.js';

function results(of: string): string {
  return `mx.google.com;\r\n dkim=${of} header.i=@news.example header.s=s1 header.b="aBc/1+x";`;
}
function signature(headers: string): string {
  return `v=1; a=rsa-sha256; d=news.example; s=s1;\r\n h=From:Subject:${headers}; bh=xyz=; b=aBc/\r\n 1+xyz==`;
}
const both = 'List-Unsubscribe:\r\n List-Unsubscribe-Post';
const url = 'https://news.example/u?c=1';

const signedMail: readonly [string, string][] = [
  ['Authentication-Results', results('pass')],
  ['DKIM-Signature', signature(both)],
  ['List-Unsubscribe', `<mailto:leave@news.example?subject=leave%201>, <${url}>`],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
];

function message(headers: readonly [string, string][]): GmailMessage {
  return {
    ...{ id: 'm1', threadId: 't1', labelIds: [], snippet: '', internalDate: '0' },
    payload: {
      ...{ mimeType: 'text/plain', filename: '', body: { size: 0 }, parts: [] },
      headers: headers.map(([name, value]) => ({ name, value })),
    },
  };
}
/** The signed mail with one header replaced by others. */
function withInstead(name: string, ...values: string[]): GmailMessage {
  return message(
    signedMail.flatMap(([each, value]) =>
      each === name
        ? values.map((other): [string, string] => [name, other])
        : [[each, value] as [string, string]],
    ),
  );
}

describe('the URIs of a header', () => {
  it.each<[string, string, string[]]>([
    ['one', '<https://a.example/>', ['https://a.example/']],
    [
      'several, in order',
      '<mailto:a@b.example>,<https://a.example>',
      ['mailto:a@b.example', 'https://a.example'],
    ],
    ['one that was folded', '<https://a.example/\r\n  path?c=1>', ['https://a.example/path?c=1']],
    [
      'not those of comments',
      '(or <https://c.example> (or <https://d.example>)) <https://a.example>',
      ['https://a.example'],
    ],
    [
      'behind an escape in a comment',
      '(a \\) <https://c.example>) <https://a.example>',
      ['https://a.example'],
    ],
    ['one that was encoded', '=?utf-8?Q?<https://a.example/=3Fc=3D1>?=', ['https://a.example/?c=1']],
    ['with a parenthesis within', '<https://a.example/(1)>', ['https://a.example/(1)']],
    ['none without brackets', 'https://a.example', []],
    ['none that does not end', '<https://a.example', []],
    ['of hundreds the first', '<a:b>,'.repeat(500), Array.from({ length: 20 }, () => 'a:b')],
  ])('are %s', (_what, value, uris) => {
    expect(headerUris(value)).toEqual(uris);
  });

  it('are read of any text without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const uri of headerUris(`<${text}>, <mailto:${text}>`)) mailTo(uri);
      }),
    );
  });
});

describe('a mail that a URI asks for', () => {
  const plain = { address: 'a@b.example', subject: 'unsubscribe', body: '' };
  it.each<[string, object | null]>([
    ['mailto:a@b.example', plain],
    ['MAILTO:a%2Btag@b.example', { ...plain, address: 'a+tag@b.example' }],
    [
      'mailto:a@b.example?subject=leave%20me&body=code%0D%0A1',
      { ...plain, subject: 'leave me', body: 'code\r\n1' },
    ],
    ['mailto:a@b.example?subject=a+b&amp;body=c', { ...plain, subject: 'a+b', body: 'c' }],
    ['mailto:a@b.example?subject=x%0D%0ABcc:%20c@d.example', { ...plain, subject: 'x Bcc: c@d.example' }],
    ['mailto:a@b.example?X-Other=1', plain],
    ['mailto:a@b.example,c@d.example', null],
    ['mailto:a@b.example%2Cc@d.example', null],
    ['mailto:a@b.example?cc=c@d.example', null],
    ['mailto:a@b.example?BCC=c@d.example', null],
    ['mailto:?to=a@b.example', null],
    ['mailto:Ann%20%3Ca@b.example%3E', null],
    ['mailto:a@b.example?subject=%E0', null],
    [`mailto:a@b.example?body=${'x'.repeat(1_001)}`, null],
    [`mailto:a@b.example?subject=${'x'.repeat(301)}`, null],
    ['https://b.example', null],
  ])('is read of %s', (uri, mail) => {
    expect(mailTo(uri)).toEqual(mail);
  });
});

describe('what a list offers', () => {
  it('is one click and a mail, where both headers are signed', () => {
    expect(unsubscribeOffer(message(signedMail))).toEqual({
      oneClick: { status: 'offered', url },
      mail: { address: 'leave@news.example', subject: 'leave 1', body: '' },
      hasPage: true,
    });
  });

  it.each<[string, GmailMessage, string]>([
    ['does not say so', withInstead('List-Unsubscribe-Post'), 'not_offered'],
    [
      'says something else',
      withInstead('List-Unsubscribe-Post', 'List-Unsubscribe=Two-Click'),
      'not_offered',
    ],
    ['has no header', message([]), 'not_offered'],
    ['has a plain link', withInstead('List-Unsubscribe', '<http://news.example/u>'), 'no_https_uri'],
    [
      'has a link with another port',
      withInstead('List-Unsubscribe', '<https://news.example:22/>'),
      'no_https_uri',
    ],
    [
      'has a link with a password',
      withInstead('List-Unsubscribe', '<https://a:b@news.example/>'),
      'no_https_uri',
    ],
    [
      'has a link without end',
      withInstead('List-Unsubscribe', `<${url}${'x'.repeat(4_000)}>`),
      'no_https_uri',
    ],
    [
      'has a second header in front',
      withInstead('List-Unsubscribe', '<https://evil.example/>', `<${url}>`),
      'repeated_headers',
    ],
    [
      'says so twice',
      withInstead('List-Unsubscribe-Post', ...Array.from({ length: 2 }, () => 'List-Unsubscribe=One-Click')),
      'repeated_headers',
    ],
    ['failed DKIM', withInstead('Authentication-Results', results('fail')), 'not_signed'],
    ['was not judged', withInstead('Authentication-Results'), 'not_signed'],
    [
      'brings its own judgement',
      withInstead('Authentication-Results', results('pass').replace('mx.google.com', 'mx.evil.example')),
      'not_signed',
    ],
    [
      'brings its own below Gmail’s',
      withInstead('Authentication-Results', results('fail'), results('pass')),
      'not_signed',
    ],
    [
      'hides one in a comment',
      withInstead(
        'Authentication-Results',
        'mx.google.com; spf=pass (; dkim=pass header.i=@news.example header.s=s1)',
      ),
      'not_signed',
    ],
    ['signs one header only', withInstead('DKIM-Signature', signature('List-Unsubscribe')), 'not_signed'],
    ['signs the other only', withInstead('DKIM-Signature', signature('List-Unsubscribe-Post')), 'not_signed'],
    ['has no signature', withInstead('DKIM-Signature'), 'not_signed'],
    [
      'has a signature of another',
      withInstead('DKIM-Signature', signature(both).replace('d=news', 'd=evil')),
      'not_signed',
    ],
    [
      'has a signature of a like name',
      withInstead('DKIM-Signature', signature(both).replace('d=news', 'd=ws')),
      'not_signed',
    ],
    [
      'has a signature by another key',
      withInstead('DKIM-Signature', signature(both).replace('s=s1', 's=s2')),
      'not_signed',
    ],
    [
      'has another signature in the same name',
      withInstead('DKIM-Signature', signature(both).replace('b=aBc', 'b=xBc'), signature('To')),
      'not_signed',
    ],
  ])('is no click, where it %s', (_what, mail, why) => {
    expect(unsubscribeOffer(mail).oneClick).toEqual({ status: 'none', why });
  });

  it.each<[string, GmailMessage]>([
    [
      'by a subdomain',
      withInstead('Authentication-Results', results('pass').replace('@news', 'bounce@mail.news')),
    ],
    [
      'beside another signature',
      withInstead('DKIM-Signature', signature('To').replace('b=aBc', 'b=yBc'), signature(both)),
    ],
    [
      'where Gmail names the signer only',
      withInstead('Authentication-Results', 'mx.google.com; dkim=pass header.d=news.example'),
    ],
  ])('is one click as well %s', (_what, mail) => {
    expect(unsubscribeOffer(mail).oneClick).toEqual({ status: 'offered', url });
  });

  it('is never a link of the body', () => {
    const mail = message(signedMail.filter(([name]) => !name.startsWith('List-')));
    mail.payload!.body = { size: 9, data: Buffer.from(`Unsubscribe: ${url}`).toString('base64url') };
    expect(unsubscribeOffer(mail)).toEqual({
      oneClick: { status: 'none', why: 'not_offered' },
      ...{ mail: null, hasPage: false },
    });
  });
});
