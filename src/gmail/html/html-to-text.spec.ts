import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText as convert } from './html-to-text.js';
import { WorkBudget } from '../tree/work-budget.js';

function htmlToText(html: string): string {
  return convert(html, WorkBudget.ofMessage());
}

/** What is left out of a message with this HTML alone. */
function leftOutOf(html: string): [text: string, leftOut: string[]] {
  const budget = WorkBudget.ofMessage();
  const text = convert(budget.takeHtml(html), budget);
  return [text, [...budget.leftOut]];
}

/** In milliseconds of a processor, however busy the machine is. */
function spent<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

describe('an HTML mail as text', () => {
  it.each([
    ['keeps links', '<a href="https://x.y/?a=1&amp;b=2">there</a>', 'there [https://x.y/?a=1&b=2]'],
    ['says a link once that is its own text', '<a href="https://x.y">https://x.y</a>', 'https://x.y'],
    ['says a mail address once', '<a href="mailto:a@b.c">a@b.c</a>', 'a@b.c'],
    [
      'keeps the target of a link around a picture',
      '<a href="https://x.y"><img src="cid:1"></a>',
      'https://x.y',
    ],
    ['leaves script targets out', '<a href="javascript:alert(1)">x</a> <a href="data:,y">z</a>', 'x z'],
    ['leaves local targets out', '<a href="#top">up</a>', 'up'],
    ['keeps the alternative text of pictures', '<img src="logo.png" alt="Acme"> Inc.', 'Acme Inc.'],
    ['drops pictures without one', 'a<img src="https://t.example/p?id=1">b', 'ab'],
    ['drops tracking pixels', 'a<img width="1" height="1" alt="pixel">', 'a'],
    ['keeps case and structure', '<h1>Head</h1><p>one<br>two</p><p>three</p>', '# Head\n\none\ntwo\n\nthree'],
    ['decodes entities', '<p>&lt;b&gt; &amp;amp; &eacute;</p>', '<b> &amp; é'],
    ['does not wrap lines', `<p>${'word '.repeat(60)}</p>`, 'word '.repeat(60).trim()],
    ['numbers lists on', '<ol start="3"><li>c<li>d</ol>', ' 3. c\n 4. d'],
    ['indents lists', '<ul><li>a<ul><li>b</ul></ul>', ' * a\n   * b'],
    ['marks quotations', 'yes<blockquote>sure?</blockquote>', 'yes\n\n> sure?'],
    ['keeps indentation in pre', '<pre>if x:\n    y</pre>', 'if x:\n    y'],
  ])('%s', (_name, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('separates the cells of a table and the rows', () => {
    const html =
      '<table><tr><th>Item</th><th></th><th>Price</th></tr><tr><td>Tea</td><td></td><td>3 €</td></tr></table>';
    expect(htmlToText(html)).toBe('Item | Price\nTea | 3 €');
  });

  it('does not draw a table where one is only used for layout', () => {
    const cell = (text: string) => `<td><table><tr><td><p>${text}</p></td></tr></table></td>`;
    expect(htmlToText(`<table><tr>${cell('left')}<td>&nbsp;</td>${cell('right')}</tr></table>`)).toBe(
      'left\n\nright',
    );
  });

  it('puts no filler where a preview is padded, and keeps joiners that mean something', () => {
    const padding = '&#847; &zwnj; &nbsp; &#8199; &shy;'.repeat(50);
    expect(htmlToText(`<p>Preview${padding}</p><p>👨‍👩‍👧 می‌خواهم</p>`)).toBe('Preview\n\n👨‍👩‍👧 می‌خواهم');
  });
});

describe('hidden text is left out', () => {
  it.each([
    ['hidden'],
    ['style="display:none"'],
    ['style="DISPLAY : None !important"'],
    ['style="display:&#110;one"'],
    ['style="display/**/:/**/none"'],
    ['style="color:red;broken;display:none"'],
    ['style="visibility:hidden"'],
    ['style="opacity:0"'],
    ['style="opacity:.0"'],
    ['style="font-size:0"'],
    ['style="font-size:0px"'],
    ['style="font-size:1px"'],
    ['style="font:0/0 a"'],
    ['style="max-height:0px;overflow:hidden"'],
    ['style="height:0;overflow:hidden"'],
    ['style="color:transparent"'],
    ['style="color:rgba(0, 0, 0, 0)"'],
    ['style="color:#ffffff00"'],
  ])('under %s', (attribute) => {
    expect(htmlToText(`a<div ${attribute}>hidden <b>hidden</b></div>b`)).not.toContain('hidden');
  });

  it.each([
    ['style="display:block"'],
    ['style="mso-hide:all"'],
    ['style="color:rgb(0,0,0)"'],
    ['style="color:#000"'],
    ['style="color:#000000"'],
    ['style="opacity:0.5"'],
    ['style="font-size:10px"'],
    ['style="font:700 12px/1.5 a"'],
    ['style="max-height:0"'],
    ['style="overflow:hidden"'],
    ['style="max-height:10px;overflow:hidden"'],
    ['style="display:none;display:block"'],
    ['style=""'],
  ])('but not under %s', (attribute) => {
    expect(htmlToText(`<div ${attribute}>seen</div>`)).toBe('seen');
  });

  it('in style, script, title, template and comments', () => {
    const html =
      '<title>t</title><style>s</style><script>j</script><template>x</template><!-- c --><p>seen</p>';
    expect(htmlToText(html)).toBe('seen');
  });

  it('in what only Outlook reads', () => {
    expect(htmlToText('<!--[if mso]>outlook<![endif]--><![if !mso]>others<![endif]>')).toBe('others');
  });

  it('but not in what a wrapper without font size holds', () => {
    const html =
      '<table><tr><td style="font-size:0px">gap<div style="font-size:13px">seen</div><img alt="picture"></td></tr></table>';
    expect(htmlToText(html)).toBe('seen\npicture');
  });

  it('but not where a descendant is made visible again', () => {
    expect(htmlToText('<p style="visibility:hidden">no <b style="visibility:visible">yes</b></p>')).toBe(
      'yes',
    );
    expect(htmlToText('<p style="font-size:0">no <b style="font-size:1em">no</b></p>')).toBe('');
  });

  describe('by style sheets', () => {
    const text = (css: string, html = '<div id="i" class="x y">target</div>') =>
      htmlToText(`<style>${css}</style>${html}`);

    it.each(['.x', 'div', '#i', 'div.x', '.x.y', 'div#i.x.y', '.other, .y'])(
      'that name it as %s',
      (selector) => {
        expect(text(`${selector} { display: none }`)).toBe('');
      },
    );

    it.each(['.z', 'span', '#j', 'span.x', '.x.z', '.x > .y', '.a .x', '.x:hover', '[class=x]'])(
      'but not that name %s',
      (selector) => {
        expect(text(`${selector} { display: none }`)).toBe('target');
      },
    );

    it('but not on other media', () => {
      expect(text('@media print { .x { display: none } }')).toBe('target');
    });

    it('unless a later or an important rule shows it', () => {
      expect(text('.x { display: none } .x { display: block }')).toBe('target');
      expect(text('.x { display: block !important } .x { display: none }')).toBe('target');
    });

    it('unless its own style shows it, but for an important rule', () => {
      const html = '<div class="x" style="display:block">target</div>';
      expect(text('.x { display: none }', html)).toBe('target');
      expect(text('.x { display: none !important }', html)).toBe('');
    });

    it('that come after it', () => {
      expect(htmlToText('<p class="x">no</p><style>.x{display:none}</style>')).toBe('');
    });

    it('that are broken elsewhere', () => {
      expect(text('}}} @@ { ; .q { : ; } .x { display: none }')).toBeDefined();
      expect(text('<!-- .x { colour; display: none } -->')).toBe('');
    });
  });
});

describe('hostile HTML', () => {
  const megabytes = 10;
  const filled = (piece: string) => piece.repeat(Math.ceil((megabytes * 1_000_000) / piece.length));

  it.each([
    ['tags never closed', filled('<b>')],
    ['tags closed in the wrong order', filled('<b>').slice(0, 1_000_000) + filled('</i>')],
    ['nested lists', filled('<ul><li>x')],
    ['long lines in nested lists', '<ul><li>'.repeat(300) + filled('x<br>')],
    ['nested quotations', '<blockquote>'.repeat(300) + filled('x<br>')],
    ['nested tables', filled('<table><tr><td>x')],
    ['nested links', filled('<a href="http://x">y')],
    ['brackets', filled('<')],
    ['styles never closed', filled('<style>')],
    ['nested rules', `<style>${filled('a{')}`],
    ['distinct styles', Array.from({ length: 300_000 }, (_, n) => `<b style="color:#${n}">x</b>`).join('')],
    ['attributes', `<a ${filled('x=1 ')}>`],
    ['blanks', `<pre>${filled(' ')}`],
  ])('of %s takes no long time and no stack', (_name, html) => {
    const [[, leftOut], ms] = spent(() => leftOutOf(html));
    expect(leftOut).toContain('htmlSize');
    expect(ms).toBeLessThan(8_000);
  });

  it('nested too deep shows its text, but nothing that was hidden when it became so', () => {
    const deep = '<b>'.repeat(2_000);
    expect(htmlToText(`${deep}seen`)).toBe('seen');
    expect(htmlToText(`<div style="display:none">${deep}hidden`)).toBe('');
  });

  it('is read whole when it is long, and says so when it is too long', () => {
    expect(htmlToText(`${'x'.repeat(1_000_000)}<p>end</p>`)).toMatch(/x\nend$|x\n\nend$/);
    expect(leftOutOf('x'.repeat(3_000_000))).toEqual(['x'.repeat(2_000_000), ['htmlSize']]);
  });

  it('of any kind is read without a throw', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<div style="',
        '<style>',
        '</style>',
        '<!--',
        '-->',
        '">',
        '&#',
        '<td>',
        '<ol start=',
        '</',
        '{',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof htmlToText(pieces.join(''))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('cannot say in text what it hides, however it hides it', () => {
    const tag = fc.constantFrom('div', 'span', 'section', 'p', 'li', 'a', 'font', 'x-y');
    const hiding = fc.constantFrom('hidden', 'style="display:none"', 'style="opacity:0"', 'class="h"');
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), tag, hiding, (around, inner, attribute) => {
        const html = `<style>.h{display:none}</style>${around.map((name) => `<${name}>`).join('')}<${inner} ${attribute}>SECRET</${inner}>`;
        expect(htmlToText(html)).not.toContain('SECRET');
      }),
    );
  });
});
