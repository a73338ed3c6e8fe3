import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { textAsHtml } from './text-as-html.js';

interface Node {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: Node[];
}

function nodesOf(html: string): Node[] {
  const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];
  return (parseDocument(html).children as Node[]).flatMap(flat);
}

function textOf(node: Node): string {
  return node.data ?? (node.children ?? []).map(textOf).join('');
}

function linesOf(html: string): string[] {
  return nodesOf(html)
    .filter(({ name }) => name === 'div')
    .map((node) => textOf(node).replaceAll('\u00a0', ' '));
}

function linksOf(html: string): [string | undefined, string][] {
  return nodesOf(html)
    .filter(({ name }) => name === 'a')
    .map((node) => [node.attribs?.href, textOf(node)]);
}

describe('a text as HTML', () => {
  it.each([
    ['https://a.example/b?x=1&y=2#z', 'https://a.example/b?x=1&y=2#z', 'https://a.example/b?x=1&y=2#z'],
    ['(see https://a.example/b).', 'https://a.example/b', 'https://a.example/b'],
    ['https://a.example/b_(c)', 'https://a.example/b_(c)', 'https://a.example/b_(c)'],
    ['<https://a.example/b>', 'https://a.example/b', 'https://a.example/b'],
    ['"https://a.example/b"', 'https://a.example/b', 'https://a.example/b'],
    ['www.wikipedia.org, today', 'https://www.wikipedia.org', 'www.wikipedia.org'],
    ['write to ada@lovelace.org!', 'mailto:ada@lovelace.org', 'ada@lovelace.org'],
    ['http://ü.example/ä', 'http://ü.example/ä', 'http://ü.example/ä'],
  ])('links %s', (text, href, shown) => {
    expect(linksOf(textAsHtml(text))).toEqual([[href, shown]]);
    expect(linesOf(textAsHtml(text))).toEqual([text]);
  });

  it.each([
    'readme.md',
    '1.2.3',
    'www.foo.unknown',
    'javascript:alert(1)',
    'ftp://a.example',
    'http://',
    'a@b',
  ])('does not link %s', (text) => {
    expect(linksOf(textAsHtml(text))).toEqual([]);
    expect(linesOf(textAsHtml(text))).toEqual([text]);
  });

  it('keeps lines, empty ones too, and spaces', () => {
    expect(textAsHtml('a\r\n\n  b  c')).toBe(
      '<div dir="auto">a</div><div dir="auto"><br></div><div dir="auto">&nbsp; b&nbsp; c</div>',
    );
  });

  it('breaks no line, however long', () => {
    const line = 'word '.repeat(400).trim();
    expect(linesOf(textAsHtml(line))).toEqual([line]);
  });

  it('shows quoted lines as quotations, one in another', () => {
    const quotation = nodesOf(textAsHtml('Yes.\n\nAda wrote:\n> Lunch?\n>\n>> When?\n> > Noon?\nBye'));
    const [outer, inner, ...more] = quotation.filter(({ name }) => name === 'blockquote');
    expect(more).toEqual([]);
    expect((outer?.children ?? []).map(textOf)).toEqual(['Lunch?', '', 'When?Noon?']);
    expect((inner?.children ?? []).map(textOf)).toEqual(['When?', 'Noon?']);
  });

  it('makes no markup of what is written, and loses none of it', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '&',
        '"',
        "'",
        '&lt;',
        '<b>',
        '<a href="',
        '</div>',
        '<!--',
        ' ',
        '\n',
        '\t',
        'ü',
        '🌍',
        'a',
      ],
      ...[
        'https://x.example/',
        'www.a.org',
        'ada@a.org',
        '> ',
        'javascript:',
        '"onclick="',
        '&amp;',
        '\u05d0',
      ],
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: piece }), fc.string({ unit: 'grapheme' })), (text) => {
        const html = textAsHtml(text);
        const nodes = nodesOf(html);
        const allowed = { div: ['dir'], br: [], blockquote: ['class', 'style'], a: ['href'] };
        for (const { type, name, attribs } of nodes.filter((node) => node.type !== 'text')) {
          expect(type).toBe('tag');
          expect(Object.keys(attribs ?? {})).toEqual(allowed[name as keyof typeof allowed]);
        }
        for (const [href] of linksOf(html)) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
        const written = text
          .replaceAll('\u00a0', ' ')
          .split(/\r\n?|\n/)
          .map((line) => line.replace(/^(?:> ?){0,20}/, '').replaceAll('\t', '    '));
        expect(linesOf(html)).toEqual(written);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time in proportion to what is written, whatever that is', () => {
    for (const piece of ['https://a.example/b ', 'a@', 'https://', 'a.', '(', '> ', '>', 'www.', '&', ' ']) {
      const startedMs = performance.now();
      textAsHtml(piece.repeat(Math.floor(200_000 / piece.length)));
      textAsHtml(piece.repeat(Math.floor(1_000_000 / piece.length)));
      expect(performance.now() - startedMs).toBeLessThan(10_000);
    }
  });
});
