import fc from 'fast-check';

/** A message as Gmail answers it; what a stranger may write of it is hostile. */
export interface HostileMail {
  /** For a failure's report. */
  what: string;
  answer: Buffer;
}

interface Header {
  name: string;
  value: string;
}

interface Part {
  mimeType: string;
  filename: string;
  headers: Header[];
  body: { size: number; data?: string; attachmentId?: string };
  /** As JSON, which can be nested deeper than objects can be written. */
  parts: string;
}

const hugeChars = 600_000;
const mostNested = 3_000;

/** A piece again and again: what is not linear, or nests, shows itself. */
function repeated(...pieces: string[]): fc.Arbitrary<string> {
  const length = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 2_000, max: 45_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 45_000, max: hugeChars }) },
  );
  return fc
    .tuple(fc.constantFrom(...pieces), length)
    .map(([piece, chars]) => piece.repeat(Math.ceil(chars / piece.length)));
}

/** The same with a number in it, so that no two are alike. */
function numbered(...patterns: string[]): fc.Arbitrary<string> {
  const count = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 10_000 }) },
  );
  return fc
    .tuple(fc.constantFrom(...patterns), count)
    .map(([pattern, many]) =>
      Array.from({ length: many }, (_, n) => pattern.replaceAll('#N', String(n))).join(''),
    );
}

const css = fc.oneof(
  repeated(
    ...[
      '.a{color:red}',
      '.a.a',
      '.a,',
      'a{',
      '&{',
      '@media{',
      '@media x{a{',
      '(',
      '[',
      ':is(',
      '/*',
      '"',
      '\\',
      '}',
    ],
    ...[
      '.c.c.c.c.c.c.c.c{color:red}',
      'a{b:',
      '@x ',
      '<!--',
      'url(',
      '--x:{',
      '.a{display:none}',
      '+ ',
      'u+',
    ],
    ...['.a{font:0 0 0 0 0}', '.a{color:rgba(', '.a{opacity:00000000', '.a{display:/**/'],
  ),
  numbered('.x.c#N{color:red}', '.c#N{display:none}', '#i#N,', 'i.c#N{font-size:#Npx}'),
);

const html = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
  {
    weight: 8,
    arbitrary: repeated(
      ...[
        '<b>',
        '</i>',
        '<p>x</p>',
        '<ul><li>x',
        '<ol><li>x</ol>',
        '<blockquote>',
        '<table><tr><td>x',
        '<td>x',
        '<br>',
      ],
      ...[
        '<a href="http://x">y',
        '<img alt="x">',
        '<',
        '&',
        '&amp;',
        '&#',
        '<!--',
        '-->',
        '<style>',
        '</style>',
        '<svg>',
      ],
      ...[
        '<div style="display:none">',
        '<p class="c c c c c c c c c c">x',
        '<template>',
        '<title>',
        '<textarea>',
        '"',
        "'",
      ],
      ...[
        ' x=1',
        ' ',
        '\n',
        '\t',
        '&nbsp;',
        '\u200b',
        '\u202e',
        '\u2066',
        '\u{e0041}',
        '\x1b]',
        '\x1b[',
        '\ue000',
        'https://x ',
        '<form>',
      ],
      ...[
        '</p>',
        '<wbr>',
        '<h1>',
        '<dl><dt>a<dd>b',
        '<pre>',
        '<![CDATA[',
        '<?',
        '<math>',
        '<script>',
        '<select><option>',
        'x',
      ],
    ),
  },
  {
    weight: 4,
    arbitrary: numbered(
      ...[
        '<i style="color:##N">x</i>',
        '<p id="i#N" class="x c#N a a a">x</p>',
        '<a href="http://x/#N">y</a>',
      ],
      ...[
        '<p class="c c c c c c c c c c c c c c c c c c c c" id=#N>x</p>',
        '<b a#N=1>',
        '<td style="font:#Npx/0 x">y',
      ],
      ' a#N=1',
    ),
  },
  { weight: 4, arbitrary: css.map((text) => `<style>${text}</style>`) },
);

const charset = fc.oneof(
  fc.constantFrom(
    'utf-8',
    'utf-16',
    'utf-16be',
    'iso-2022-jp',
    'gb18030',
    'big5',
    'shift_jis',
    'windows-1252',
  ),
  fc.constantFrom('koi8-r', 'x-user-defined', 'replacement', 'utf-7', 'us-ascii', '', '"'),
  fc.string({ maxLength: 20 }),
);

const contentType = fc
  .tuple(fc.constantFrom('text/plain', 'text/html'), charset, repeated(';a=b', '"', ' ', '\\'))
  .map(([type, name, rest]) => ({
    name: 'Content-Type',
    value: `${type}; charset=${name}; ${rest.slice(0, 50_000)}`,
  }));

function partOf(mimeType: string, extra: Partial<Part> = {}): Part {
  return { mimeType, filename: '', headers: [], body: { size: 0 }, parts: '[]', ...extra };
}

function jsonOf({ parts, ...part }: Part): string {
  return `${JSON.stringify(part).slice(0, -1)},"parts":${parts}}`;
}

function jsonOfAll(parts: readonly Part[]): string {
  return `[${parts.map(jsonOf).join(',')}]`;
}

const textBytes = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(html, { minLength: 1, maxLength: 6 }).map((all) => Buffer.from(all.join(''))),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 5_000 }).map((bytes) => Buffer.from(bytes)) },
);

const text: fc.Arbitrary<Part> = fc
  .tuple(fc.constantFrom('text/html', 'text/html', 'text/plain'), textBytes, fc.option(contentType))
  .map(([mimeType, bytes, type]) =>
    partOf(mimeType, {
      headers: type === null ? [] : [type],
      body: { size: bytes.length, data: bytes.toString('base64url') },
    }),
  );

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  repeated('\u202e', '=?utf-8?Q?=41', '=?utf-8?B?', '../', 'x', '\u{e0041}').map((all) =>
    all.slice(0, 100_000),
  ),
);

const attachment: fc.Arbitrary<Part> = fc
  .tuple(fc.constantFrom('image/png', 'message/rfc822', 'application/pdf', 'x/'.repeat(500)), name)
  .map(([mimeType, filename]) =>
    partOf(mimeType, {
      filename,
      body: { size: 1, attachmentId: 'a1' },
      parts: jsonOfAll([partOf('text/plain')]),
    }),
  );

const subtype = fc.constantFrom('mixed', 'alternative', 'related', 'alternative', '');

const { tree } = fc.letrec<{ tree: Part; leaf: Part; nested: Part; wide: Part; branch: Part }>((tie) => ({
  leaf: fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: attachment }),
  branch: fc
    .tuple(subtype, fc.array(tie('tree'), { maxLength: 5 }))
    .map(([type, parts]) => partOf(`multipart/${type}`, { parts: jsonOfAll(parts) })),
  nested: fc
    .tuple(subtype, tie('leaf'), fc.integer({ max: mostNested, min: 1 }))
    .map(([type, leaf, depth]) => {
      let part = leaf;
      for (let level = 0; level < depth; level += 1)
        part = partOf(`multipart/${type}`, { parts: jsonOfAll([part]) });
      return part;
    }),
  wide: fc
    .tuple(
      subtype,
      fc.constantFrom('text/plain', 'image/png', 'multipart/mixed'),
      fc.integer({ min: 1, max: 5_000 }),
    )
    .map(([type, mimeType, many]) =>
      partOf(`multipart/${type}`, { parts: jsonOfAll(Array.from({ length: many }, () => partOf(mimeType))) }),
    ),
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 8, arbitrary: tie('leaf') },
    { weight: 6, arbitrary: tie('branch') },
    { weight: 1, arbitrary: tie('nested') },
    { weight: 1, arbitrary: tie('wide') },
  ),
}));

const headers = fc.array(
  fc.record({
    name: fc.constantFrom(
      'From',
      'To',
      'Cc',
      'Bcc',
      'Reply-To',
      'Subject',
      'Date',
      'Message-ID',
      'References',
    ),
    value: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      repeated(
        'a:',
        '<',
        '>',
        '"',
        '(',
        ',',
        '@',
        '\\',
        'a@b,',
        '=?utf-8?Q?=41?=',
        '=?utf-8?B?',
        '=?',
        ' ',
        '\x1b[',
        'x',
      ),
      numbered('"x #N" <a#N@b.c>, '),
    ),
  }),
  { maxLength: 8 },
);

/** Any message that a stranger could send, and some that Gmail would not let pass. */
export const hostileMail: fc.Arbitrary<HostileMail> = fc
  .tuple(tree, headers, fc.string({ unit: 'binary', maxLength: 200 }))
  .map(([payload, own, snippet]) => {
    const root = { ...payload, headers: [...own, ...payload.headers] };
    const message = { id: 'm1', threadId: 't1', labelIds: ['INBOX'], snippet, internalDate: '0' };
    const answer = Buffer.from(`${JSON.stringify(message).slice(0, -1)},"payload":${jsonOf(root)}}`);
    const what = `${payload.mimeType}, ${answer.length} bytes, ${own.length} headers`;
    return { what, answer, [fc.toStringMethod]: () => what };
  });
