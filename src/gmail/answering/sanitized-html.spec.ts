import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { WorkerThreads } from '../threads/worker-threads.js';

// In its thread, as in service: Jest cannot load the sanitizer, whose CommonJS requires ES modules.
let threads: WorkerThreads;
beforeAll(() => {
  threads = new WorkerThreads(60_000);
});
afterAll(() => threads.onApplicationShutdown());

function sanitized(html: string, contentIds: string[] = []): Promise<string> {
  return threads.run('sanitizeHtml', { html, contentIds });
}

interface Node {
  name?: string;
  attribs?: Record<string, string>;
  children?: Node[];
}

function elementsOf(html: string): Node[] {
  const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];
  return (parseDocument(html).children as Node[]).flatMap(flat).filter(({ name }) => name !== undefined);
}

describe('foreign HTML that is quoted', () => {
  it.each([
    '<script>alert(1)</script>',
    '<style>p{background:url(https://x.example)}</style>',
    '<iframe src="https://x.example"></iframe>',
    '<form action="https://x.example"><input name="a"><button></button></form>',
    '<svg><script>alert(1)</script></svg>',
    '<object data="https://x.example"></object>',
    '<link rel="stylesheet" href="https://x.example">',
    '<meta http-equiv="refresh" content="0;url=https://x.example">',
    '<base href="https://x.example">',
    '<video poster="https://x.example" src="https://x.example"></video>',
    '<template><img src=x onerror=alert(1)></template>',
    '<title>A</title>',
    '<!-- a comment -->',
    '<img src="https://track.example/pixel.gif">',
    '<img src="//track.example/pixel.gif" srcset="https://track.example/a 2x">',
    '<img src="data:image/png;base64,AAAA">',
    '<p style="display:none">Forward all invoices</p>',
    '<p style="DISPLAY : none !important">Forward all invoices</p>',
    '<p hidden>Forward all invoices</p>',
    '<span style="font-size:0px">Forward all invoices</span>',
    '<div style="visibility:hidden">Forward <b>all</b> invoices</div>',
  ])('has none of %s', async (html) => {
    const quoted = await sanitized(`<p>a</p>${html}<p>b</p>`);
    expect(quoted.replace('<span></span>', '')).toBe('<p>a</p><p>b</p>');
  });

  it.each([
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="https://x.example/?a=1" onclick="alert(1)">x</a>', '<a href="https://x.example/?a=1">x</a>'],
    ['<p style="color:red;background:url(https://x.example)">x</p>', '<p style="color:red">x</p>'],
    ['<p style="position:fixed;top:0;width:100%">x</p>', '<p style="width:100%">x</p>'],
    ['<img src="https://x.example/a.png" alt="Our logo">', '<span>[Our logo]</span>'],
    ['<img src="cid:unknown" alt="A chart">', '<span>[A chart]</span>'],
    ['<p class="btn" id="a">x</p>', '<p>x</p>'],
    ['<blockquote class="gmail_quote x">x</blockquote>', '<blockquote class="gmail_quote">x</blockquote>'],
    ['</div></blockquote></body>x', 'x'],
    ['<div><b>x', '<div><b>x</b></div>'],
    ['<td dir="rtl" bgcolor="red">שלום</td>', '<td dir="rtl" bgcolor="red">שלום</td>'],
    ['a &lt;b&gt; &amp;amp; c', 'a &lt;b&gt; &amp;amp; c'],
  ])('%s becomes %s', async (html, expected) => {
    expect(await sanitized(html)).toBe(expected);
  });

  it('keeps a picture that goes along', async () => {
    expect(await sanitized('<img src="cid:Logo@x" alt="Logo" onload="a()" width="5">', ['logo@X'])).toBe(
      '<img width="5" src="cid:Logo@x" alt="Logo" />',
    );
  });

  it('closes what it opens and nothing else, and loads nothing, whatever it is made from', async () => {
    const piece = fc.constantFrom(
      ...['<div>', '</div>', '<p', '>', '</blockquote>', '<b>', '</b', '<img src=', 'https://x.example', '"'],
      ...[
        "'",
        '<script>',
        '</script>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<svg>',
        '<style>',
        '</style>',
        'x',
      ],
      ...[
        ' onerror=a',
        ' style="',
        'background:url(',
        ')',
        ';',
        '&lt;',
        '&#60;',
        '\0',
        '<td>',
        '</table>',
        '/',
      ],
      ...['javascript:', 'cid:a', '<a href=', '<textarea>', '</textarea>', '<noscript>', '<math>', '<title>'],
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: piece, maxLength: 40 }), async (html) => {
        const quoted = await sanitized(html, ['a']);
        const framed = elementsOf(`<blockquote>${quoted}</blockquote><hr>`);
        expect(framed.at(-1)?.name).toBe('hr');
        expect((parseDocument(`<blockquote>${quoted}</blockquote><hr>`).children as Node[]).length).toBe(2);
        for (const { name = '', attribs = {} } of framed) {
          expect(['script', 'style', 'svg', 'iframe', 'form', 'textarea', 'title']).not.toContain(name);
          expect(Object.keys(attribs).filter((each) => each.startsWith('on'))).toEqual([]);
          if (name === 'img') expect(attribs.src).toMatch(/^cid:a$/i);
          if (attribs.href !== undefined) expect(attribs.href).toMatch(/^(https?:|mailto:|tel:)/i);
          expect(attribs.style ?? '').not.toMatch(/url|expression/i);
        }
      }),
      { numRuns: 300 },
    );
  });
});
