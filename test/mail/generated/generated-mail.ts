import fc from 'fast-check';
import { html } from './html-source.js';
import { mailHeaders, nameParameters } from './mail-headers.js';
import { bytesOf, charsetLabel, line, text } from './written-text.js';

/** A mail as it comes (RFC 5322), from a stranger. */
export interface GeneratedMail {
  /** For a failure's report. */
  what: string;
  mail: Buffer;
}

const transferEncodings: Record<string, (bytes: string) => string> = {
  '8bit': (bytes) => bytes,
  '7bit': (bytes) => bytes,
  base64: (bytes) => Buffer.from(bytes, 'latin1').toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  BASE64: (bytes) => `${Buffer.from(bytes, 'latin1').toString('base64')}!junk=`,
  'quoted-printable': (bytes) =>
    bytes.replaceAll(/[^\t\r\n -~]|=/g, (each) => `=${each.charCodeAt(0).toString(16).padStart(2, '0')}`),
  'quoted-printable ': (bytes) => `${bytes}=4=\r\n=ZZ=`,
  'x-uuencode': (bytes) => `begin 644 x\r\n${bytes}\r\nend`,
  nonsense: (bytes) => bytes,
};

const calendar = fc
  .tuple(
    line,
    fc.constantFrom('REQUEST', 'REPLY', 'CANCEL', 'COUNTER', 'x', ''),
    fc.constantFrom(
      ...[
        'DTSTART;TZID=Asia/Tokyo:20260110T090000',
        'DTSTART;VALUE=DATE:20260110',
        'DTSTART;TZID="(UTC+01:00) Amsterdam":20260110T090000',
      ],
      ...[
        'DTSTART:99999999T999999Z',
        'DTSTART:x',
        'DTSTART:20260110T090000Z\r\nDURATION:P9999999W',
        'RRULE:FREQ=SECONDLY;COUNT=999999999',
        '',
      ],
    ),
    fc.constantFrom(1, 1, 1, 2, 300),
  )
  .map(
    ([summary, method, when, times]) =>
      `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\n${`BEGIN:VEVENT\r\nSUMMARY:${summary}\r\n${when}\r\nATTENDEE;RSVP=TRUE;PARTSTAT=ACCEPTED;CN="${summary}":mailto:a@b.example\r\nEND:VEVENT\r\n`.repeat(times)}END:VCALENDAR`,
  );

const report = fc
  .tuple(line, fc.constantFrom(1, 1, 3, 500))
  .map(
    ([said, times]) =>
      `Reporting-MTA: dns;x\r\n\r\n${`Final-Recipient: rfc822;${said}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp;\r\n ${said}\r\n\r\n`.repeat(times)}`,
  );

const contents: fc.Arbitrary<[type: string, content: string]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constantFrom(
        'text/plain',
        'TEXT/PLAIN',
        '',
        'text',
        'text/markdown',
        'text/enriched',
        'text/plain; format=flowed; delsp=yes',
      ),
      text,
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constantFrom('text/html', 'text/html', 'text/html', 'text/plain', 'text/x-amp-html'),
      html,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom('text/calendar; method=REQUEST', 'text/calendar', 'application/ics'),
      calendar,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom(
        'message/delivery-status',
        'message/disposition-notification',
        'message/feedback-report',
        'text/rfc822-headers',
      ),
      report,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom(
        'image/png',
        'application/pdf',
        'application/octet-stream',
        'application/ms-tnef',
        'application/pkcs7-mime',
        'message/partial; id=a',
        'message/external-body; access-type=URL',
        'text/vcard',
        '*/*',
        'x',
        'a/b/c',
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    ),
  },
);

const disposition = fc.constantFrom('', '', '', 'inline', 'attachment', 'ATTACHMENT', 'x');

const leaf = fc
  .tuple(
    contents,
    charsetLabel,
    fc.constantFrom(...Object.keys(transferEncodings)),
    disposition,
    nameParameters,
  )
  .chain(([[type, content], label, encoding, disposed, names]) =>
    bytesOf(content, label).map((bytes) =>
      [
        `Content-Type: ${type}; charset=${label.replaceAll(/[\r\n]/g, '')}${disposed === '' ? names : ''}\r\n`,
        `Content-Transfer-Encoding: ${encoding}\r\n`,
        disposed === '' ? '' : `Content-Disposition: ${disposed}${names}\r\n`,
        `\r\n${transferEncodings[encoding]?.(bytes) ?? bytes}\r\n`,
      ].join(''),
    ),
  );

const subtype = fc.constantFrom(
  'mixed',
  'alternative',
  'related',
  'signed; protocol="application/pgp-signature"',
  'encrypted',
  'report',
  'digest',
  'appledouble',
  'x-unknown',
  '',
);
const boundary = fc.constantFrom(
  'b',
  '=_b.1',
  '"b c"',
  '"b:(x)+?"',
  '""',
  'b"',
  '',
  '-',
  '--',
  '"a\\b"',
  'B'.repeat(90),
);

const mostNested = 80;

const { tree } = fc.letrec<{
  tree: string;
  branch: string;
  attachedMail: string;
  nested: string;
  wide: string;
}>((tie) => ({
  branch: fc
    .tuple(
      subtype,
      boundary,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.constantFrom('close', 'close', 'close', 'open', 'prologue'),
    )
    .map(([type, mark, parts, end]) => multipart(type, mark, parts, end)),
  attachedMail: fc
    .tuple(
      mailHeaders,
      tie('tree'),
      fc.constantFrom('message/rfc822', 'message/rfc822; name=x.eml', 'message/global'),
    )
    .map(([headers, inner, type]) => `Content-Type: ${type}\r\n\r\n${headers}${inner}`),
  nested: fc
    .tuple(tie('tree'), fc.integer({ min: 5, max: mostNested }), fc.boolean())
    .map(([inner, depth, mails]) => {
      let part = inner;
      for (let level = 0; level < depth; level += 1)
        part = mails
          ? `Content-Type: message/rfc822\r\n\r\nSubject: ${level}\r\n${part}`
          : multipart('mixed', `n${level}n`, [part], 'close');
      return part.length > 500_000 ? inner : part;
    }),
  wide: fc
    .tuple(subtype, leaf, fc.integer({ min: 20, max: 1_200 }))
    .map(([type, part, many]) =>
      multipart(
        type,
        'w',
        Array<string>(Math.min(many, Math.ceil(300_000 / part.length))).fill(part),
        'close',
      ),
    ),
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 40, arbitrary: leaf },
    { weight: 30, arbitrary: tie('branch') },
    { weight: 4, arbitrary: tie('attachedMail') },
    { weight: 1, arbitrary: tie('nested') },
    { weight: 1, arbitrary: tie('wide') },
  ),
}));

function multipart(type: string, mark: string, parts: readonly string[], end: string): string {
  const bare = mark.replaceAll('"', '');
  const body = parts.map((part) => `--${bare}\r\n${part}\r\n`).join('');
  const before = end === 'prologue' ? 'This is a message in MIME format.\r\n\r\n' : '';
  return `Content-Type: multipart/${type}; boundary=${mark}\r\n\r\n${before}${body}${end === 'open' ? '' : `--${bare}--\r\n`}`;
}

/** Any mail: trees of MIME, headers, charsets, HTML; most of it as programs write it wrong. */
export const generatedMail: fc.Arbitrary<GeneratedMail> = fc
  .tuple(
    mailHeaders,
    tree,
    fc.constantFrom('all', 'all', 'all', 'all', 'all', 'all', 'all', 'nothing', 'cut', 'bare'),
  )
  .map(([headers, parts, form]) => {
    const whole = form === 'bare' ? headers : `${headers}${parts}`;
    const kept = form === 'nothing' ? '' : form === 'cut' ? whole.slice(0, whole.length / 2) : whole;
    const mail = Buffer.from(kept, 'latin1');
    const what = `${/Content-Type: [^;\r]*/.exec(parts)?.[0] ?? ''}, ${mail.length} bytes`;
    return { what, mail, [fc.toStringMethod]: () => what };
  });
