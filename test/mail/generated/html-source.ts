import fc from 'fast-check';
import { line } from './written-text.js';

const names =
  'div p span b i u s a table tbody tr td th ul ol li blockquote h1 h3 pre font center br hr img details summary select option form input button svg math template title textarea style script iframe video dl dt dd ruby rt del ins sup map area o:p v:shape'.split(
    ' ',
  );
const colours = [
  '#fff',
  'white',
  'rgba(0,0,0,.01)',
  'rgb(1 2 3 / 0%)',
  'transparent',
  'currentColor',
  'var(--x)',
  'hsl(0deg 0% 0%)',
  '#12',
  'color-mix(in srgb, red, blue)',
];
const lengths = [
  '0',
  '1px',
  '-9999px',
  '100%',
  '0.01em',
  'calc(1px - 1px)',
  '1e9px',
  'NaN',
  '5',
  'min(1px,2em)',
];
const declaration = fc.oneof(
  fc.tuple(
    fc.constantFrom('color', 'background', 'background-color', 'border-color'),
    fc.constantFrom(...colours),
  ),
  fc.tuple(
    fc.constantFrom(
      'width',
      'height',
      'max-height',
      'font-size',
      'line-height',
      'left',
      'top',
      'text-indent',
      'margin-left',
    ),
    fc.constantFrom(...lengths),
  ),
  fc.constantFrom<[string, string]>(
    ...([
      ['display', 'none'],
      ['display', 'inline-block'],
      ['display', 'flex'],
      ['visibility', 'hidden'],
      ['opacity', '0'],
      ['position', 'absolute'],
    ] as [string, string][]),
    ...([
      ['overflow', 'hidden'],
      ['clip', 'rect(0 0 0 0)'],
      ['clip-path', 'inset(50%)'],
      ['transform', 'scale(0)'],
      ['mso-hide', 'all'],
      ['font', '0/0 a'],
    ] as [string, string][]),
    ...([
      ['white-space', 'pre'],
      ['content', '"x"'],
      ['--x', '{}'],
      ['direction', 'rtl'],
      ['all', 'unset'],
      ['display', 'none !important'],
    ] as [string, string][]),
  ),
);
const style = fc
  .array(declaration, { maxLength: 4 })
  .map((all) => all.map(([name, value]) => `${name}:${value}`).join(';'));
const attribute = fc.oneof(
  style.map((value) => ` style="${value}"`),
  fc.constantFrom(
    ...[
      ' href="https://example.com/?a=b&amp;c"',
      ' href=javascript:x',
      ' href="data:text/html,x"',
      " href='//e.example'",
      ' href="#a"',
      ' href',
    ],
    ...[
      ' class="a b c"',
      ' id=a',
      ' hidden',
      ' width=1 height=1',
      ' bgcolor=#000',
      ' color=white',
      ' colspan=99999',
      ' rowspan=0',
      ' start=9',
      ' open',
    ],
    ...[
      ' alt="a picture" src=cid:a@b',
      ' alt=""',
      ' dir=rtl',
      ' title="',
      ' x',
      ' ='.repeat(20),
      ' style="',
      ' onclick="x()"',
      ' value="v" type=text',
    ],
  ),
);
const entity = fc.constantFrom(
  '&amp;',
  '&lt;b&gt;',
  '&nbsp;',
  '&#8203;',
  '&#x1F600;',
  '&#0;',
  '&#xD800;',
  '&#99999999;',
  '&zwnj;',
  '&shy;',
  '&unknown;',
  '&',
  '&#',
  '&amp',
  '&NotEqualTilde;',
);
const selector = fc.constantFrom(
  '.a',
  '#a',
  'div > p',
  'td + td',
  '*',
  '.a.b .c',
  ':not(.a)',
  '[class]',
  'a:hover',
  'p::before',
  ':is(.a, .b)',
  'tr:nth-child(2n)',
  'u + .a',
  '@media',
  '',
);
const rule = fc.oneof(
  fc.tuple(selector, style).map(([left, right]) => `${left}{${right}}`),
  fc.tuple(selector, style).map(([left, right]) => `@media (max-width:600px){${left}{${right}}}`),
  fc.constantFrom(
    '@import url(x);',
    '@font-face{a:b}',
    '/*',
    '*/',
    '<!--',
    '}}}',
    '@media print{',
    '@supports (a:b){',
    '@layer x{',
    '\\',
  ),
);
const styleSheet = fc
  .tuple(fc.array(rule, { maxLength: 12 }), fc.constantFrom(1, 1, 1, 3, 40))
  .map(([rules, times]) => `<style>${rules.join('\n').repeat(times)}</style>`);

/** A piece again and again: what is not linear, or nests, shows itself. */
const repeated = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constantFrom(...names), attribute).map(([name, own]) => `<${name}${own}>`),
      fc.constantFrom(
        '<b><i>x',
        '<table><tr><td>x</td>',
        '<a href="https://e.example/#N">link #N</a> ',
        '<li>x #N',
        '</p>',
        '<td>#N</td>',
        '<!--',
        '&amp',
        'word ',
      ),
      fc.constantFrom(
        '<p class="c#N">x',
        '<div style="color:##N">x</div>',
        '<blockquote>x',
        '<select>',
        '<font color=red><p>',
        '<table><td><table>',
        'x'.repeat(50),
      ),
    ),
    fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 2, max: 100 }) },
      { weight: 1, arbitrary: fc.integer({ min: 100, max: 4_000 }) },
    ),
  )
  .map(([piece, times]) =>
    Array.from({ length: times }, (_, number) => piece.replaceAll('#N', String(number))).join(''),
  );

const { node } = fc.letrec<{ node: string; element: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(...names),
      fc.array(attribute, { maxLength: 3 }),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.constantFrom(0, 1, 1, 1, 1, 2),
    )
    .map(
      ([name, attributes, children, closings]) =>
        `<${name}${attributes.join('')}>${children.join('')}${`</${name}>`.repeat(closings)}`,
    ),
  node: fc.oneof(
    { maxDepth: 5 },
    { weight: 5, arbitrary: line },
    { weight: 2, arbitrary: entity },
    { weight: 6, arbitrary: tie('element') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '<!--[if mso]><b>x<![endif]-->',
        '<!-- x',
        '<![CDATA[x]]>',
        '<?xml?>',
        '</',
        '<',
        '<a',
        '<%',
        '<!doctype',
      ),
    },
  ),
}));

const prologue = fc.constantFrom(
  '',
  '',
  '<!doctype html>',
  '<html><head><meta charset="koi8-r"></head>',
  '<meta http-equiv=content-type content="text/html; charset=utf-16">',
  '<base href="https://b.example/">',
  '<frameset>',
  '<body bgcolor=black text=white>',
);

/** The source of an HTML mail, most of them well meant, some hostile. */
export const html = fc
  .tuple(
    prologue,
    fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: styleSheet }),
    fc.array(
      fc.oneof(
        { weight: 12, arbitrary: node },
        { weight: 1, arbitrary: repeated },
        { weight: 1, arbitrary: styleSheet },
      ),
      { maxLength: 5 },
    ),
  )
  .map(([start, sheet, nodes]) => `${start}${sheet}${nodes.join('')}`);
