import fc from 'fast-check';
import { bytesOf, charsetLabel, line, utf8 } from './written-text.js';

/** A word of RFC 2047, or what programs think is one. */
const encodedWord = fc
  .tuple(line, charsetLabel, fc.constantFrom('B', 'Q', 'b', 'q', 'X'), fc.integer({ min: 0, max: 9 }))
  .chain(([written, label, encoding, fault]) =>
    bytesOf(written.slice(0, 200), label).map((bytes) => {
      const base64 = Buffer.from(bytes, 'latin1').toString('base64');
      const quoted = bytes.replaceAll(
        /[^A-Za-z0-9]/g,
        (each) => `=${each.charCodeAt(0).toString(16).padStart(2, '0')}`,
      );
      const content = /b/i.test(encoding) ? base64 : quoted;
      return [
        ...[`=?${label}?${encoding}?${content}?=`, `=?${label}?${encoding}?${content}?=`],
        ...[
          `=?${label}?${encoding}?${content.slice(0, 20)}?=\r\n =?${label}?${encoding}?${content.slice(20)}?=`,
        ],
        ...[
          `=?${label}*en?${encoding}?${content}?=`,
          `=?${label}?${encoding}?${content}`,
          `"=?${label}?${encoding}?${content}?="`,
        ],
        ...[`=?${label}?${encoding}?${content.replaceAll('=', '')}?=`, `=?${label}?${encoding}?${written}?=`],
        ...[`=?=?${label}?${encoding}?${content}?=?=`, `=?${label}?${encoding}?${content}\r\n ${content}?=`],
      ][fault]!;
    }),
  );

const phrase = fc.oneof(
  line.map(utf8),
  encodedWord,
  fc.array(encodedWord, { maxLength: 4 }).map((words) => words.join(' ')),
  fc.string({ unit: fc.constantFrom(...Array.from('\\"()<>,;:@[]= ?\t\r\na.')), maxLength: 60 }),
);

const address = fc
  .oneof(
    fc.constantFrom(
      ...[
        'ann@sender.example',
        '<ann@sender.example>',
        '"john doe"@sender.example',
        'ann@münchen.example',
        'ann@xn--mnchen-3ya.example',
      ],
      ...[
        '<@a.example,@b.example:c@d.example>',
        '<ann@sender.example',
        'ann',
        '<>',
        '@',
        '<<ann@sender.example>>',
        'ann@аpple.example',
      ],
      ...[
        'ann@[127.0.0.1]',
        'ann(c(o)mment)@sender.example',
        'mailto:ann@sender.example',
        'undisclosed-recipients:;',
        'a@b@c@d',
      ],
    ),
    phrase,
  )
  .map(utf8);

const addresses = fc
  .array(fc.tuple(phrase, address, fc.constantFrom(', ', ',', '; ', ',\r\n\t', ' ')), { maxLength: 6 })
  .chain((all) =>
    fc.tuple(fc.constant(all), fc.constantFrom(1, 1, 1, 1, 1, 200), fc.constantFrom('', 'Group: ')),
  )
  .map(([all, times, group]) => {
    const list = all.map(([name, each, end]) => `${name} <${each}>${end}`).join('');
    return `${group}${list.repeat(times)}${group === '' ? '' : ';'}`;
  });

const date = fc.oneof(
  fc.constantFrom(
    ...[
      'Mon, 5 Jan 2026 10:00:00 +0000',
      '5 Jan 26 10:00 EST',
      'Mon, 05 Jan 126 10:00:00 -0000 (a (b) c)',
      '2026-01-05T10:00:00Z',
    ],
    ...[
      'Mon, 32 Jan 2026 25:61:61 +9999',
      'Thu, 1 Jan 1970 00:00:00 GMT',
      'Sun, 31 Dec 9999 23:59:60 Z',
      '',
      'yesterday',
      '(('.repeat(90),
    ],
  ),
  fc.date().map(String),
  line.map(utf8),
);

const results = fc.constantFrom(
  'mx.google.com; dkim=pass header.i=@sender.example; spf=softfail; dmarc=fail (p=NONE)',
  'mx.google.com; (((((',
  'mx.google.com; dkim=pass'.repeat(300),
  'other.example; dkim=fail',
  '',
);

const field = fc.oneof(
  fc.tuple(fc.constantFrom('From', 'From', 'To', 'Cc', 'Reply-To', 'Return-Path', 'Delivered-To'), addresses),
  fc.tuple(fc.constantFrom('Subject', 'Message-ID', 'List-Unsubscribe', 'X-Any', 'subject'), phrase),
  fc.tuple(fc.constant('Date'), date),
  fc.tuple(fc.constant('Authentication-Results'), results),
);

/** The headers of a mail, without its content's. */
export const mailHeaders = fc
  .array(field, { maxLength: 9 })
  .map((fields) => fields.map(([name, value]) => `${name}: ${unbroken(value)}\r\n`).join(''));

const parameterName = fc.constantFrom(
  'name',
  'filename',
  'name*',
  'filename*',
  'filename*0',
  'filename*0*',
  'filename*1*',
  'NAME',
);
const parameterValue = fc.oneof(
  phrase,
  line.map((each) => `"${utf8(each)}"`),
  line.map((each) => `utf-8'en'${encodeURIComponent(each.replaceAll(/\p{Surrogate}/gu, ''))}`),
  fc.constantFrom(
    "''",
    "x'y'%",
    '"../../etc/passwd"',
    '"con.txt"',
    '%41%',
    `"${'a'.repeat(3_000)}.pdf"`,
    '"\\"\\\\"',
    '=?utf-8?Q?a?=',
  ),
);

/** Parameters that name a part, in right and in wrong ways. */
export const nameParameters = fc
  .array(fc.tuple(parameterName, parameterValue), { maxLength: 3 })
  .map((all) => all.map(([name, value]) => `; ${name}=${unbroken(value)}`).join(''));

/** What stands in a line, unless it is folded. */
function unbroken(value: string): string {
  return value.replaceAll(/\r?\n(?![ \t])|\r(?!\n)/g, ' ');
}
