import { describe, expect, it } from '@jest/globals';
import { htmlToText } from './html-to-text.js';
import { type Bound, WorkBudget } from '../tree/work-budget.js';

function read(html: string, budget = WorkBudget.ofMessage()): { text: string; leftOut: Bound[] } {
  const text = htmlToText(budget.takeHtml(html), budget);
  return { text, leftOut: [...budget.leftOut] };
}

const hidden = '<p class="hidden">SECRET</p>';
const hides = '.hidden{display:none}';
function filler(chars: number): string {
  return '.a{color:red}'.repeat(Math.ceil(chars / 13));
}

describe('a bound of the HTML reader shows nothing that was not judged, and says so', () => {
  it.each<[string, Bound, string]>([
    ['a sheet too long to be read', 'styleSize', `<style>${filler(130_000)}${hides}</style>seen${hidden}`],
    [
      'sheets too long together',
      'styleSize',
      `<style>${filler(70_000)}</style><style>${filler(70_000)}${hides}</style>${hidden}`,
    ],
    [
      'a sheet behind the end of what is read',
      'htmlSize',
      `${hidden}${'<p>filler</p>'.repeat(160_000)}<style>${hides}</style>`,
    ],
    [
      'more elements than can be matched',
      'work',
      `<style>${'.y.x{color:red}'.repeat(5_000)}${hides}</style>` +
        Array.from({ length: 200 }, (_, n) => `<i id="${n}" class="x">seen</i>`).join('') +
        hidden,
    ],
    [
      'more styles than can be read',
      'work',
      Array.from({ length: 60_000 }, (_, n) => `<i style="color:rgb(1,2,${n})">x</i>`).join('') +
        '<p style="display:none">SECRET</p>',
    ],
    ['a sheet of faults', 'work', `<style>${'a{;:x}'.repeat(5_000)}${hides}</style>seen${hidden}`],
    ['a style of faults', 'work', `<p style="${':;'.repeat(15_000)}display:none">SECRET</p>`],
    [
      'selectors that search the siblings of siblings',
      'work',
      `<style>${'.x ~ .x ~ .x ~ .y{color:red}'.repeat(50)}${hides}</style>${'<i class="x y">seen</i>'.repeat(3_000)}${hidden}`,
    ],
    [
      'selectors that search all that is inside',
      'work',
      `<style>${Array.from({ length: 50 }, (_, n) => `div:has(.x${n} b){color:red}`).join('')}${hides}</style>${'<div>'.repeat(300)}${'<b>x</b>'.repeat(3_000)}${hidden}`,
    ],
    [
      'selectors nested without end',
      'work',
      `<style>${':is('.repeat(5_000)}.x${')'.repeat(5_000)}{color:red}${hides}</style>${hidden}`,
    ],
    [
      'rules nested without end',
      'work',
      `<style>${'.x{color:red;'.repeat(5_000)}${'}'.repeat(5_000)}${hides}</style>${hidden}`,
    ],
    [
      'variables without end',
      'work',
      `<i style="${Array.from({ length: 900 }, (_, n) => `--a${n}:x`).join(';')}">${Array.from({ length: 3_000 }, (_, n) => `<i style="--b:${n}">x</i>`).join('')}<p style="display:none">SECRET`,
    ],
    [
      'formatting carried on without end',
      'work',
      `${Array.from({ length: 2_000 }, (_, n) => `<b id="${n}">`).join('')}${'<p>x'.repeat(2_000)}<p>SECRET`,
    ],
    [
      'formatting carried on too deep',
      'depth',
      `${Array.from({ length: 1_200 }, (_, n) => `<b id="${n}">`).join('')}<p>SECRET`,
    ],
  ])('%s', (_name, bound, html) => {
    const { text, leftOut } = read(html);
    expect(leftOut).toContain(bound);
    expect(text).not.toContain('SECRET');
  });

  it.each([
    ['a long style', `<p style="${'color:red;'.repeat(2_000)}display:none">SECRET</p>`],
    ['a long value', `<p style="display:/*${'x'.repeat(5_000)}*/none">SECRET</p>`],
    ['a sheet with faults', `<style>${'a{;:x}'.repeat(100)}${hides}</style>${hidden}`],
    ['many classes', `<style>${hides}</style><p class="${'x '.repeat(500)}hidden">SECRET</p>`],
    ['many rules of one class', `<style>${'.hidden{color:red}'.repeat(500)}${hides}</style>${hidden}`],
    [
      'many distinct styles',
      Array.from({ length: 6_000 }, (_, n) => `<i id="${n}">x</i>`).join('') +
        '<p style="display:none">SECRET</p>',
    ],
    ['a sheet nested deep', `${hidden}${'<b>'.repeat(600)}<style>${hides}</style>`],
    ['a depth at which all is hidden', `${'<b hidden>'.repeat(600)}SECRET`],
    [
      'a field that closes where its cells are too deep',
      `${'<table><td>'.repeat(127)}<e><select><tr>seen<p style="display:none">SECRET`,
    ],
    ['escapes', '<p style="d\\69splay:n\\6f ne">SECRET</p>'],
    [
      'a rule that another of less weight follows',
      '<style>.a.b{display:none} .a{display:block}</style><p class="a b">SECRET</p>',
    ],
    ['a comment that is not closed', '<p style="display:none/*">SECRET</p>'],
  ])('%s is no bound any more', (_name, html) => {
    const { text, leftOut } = read(html);
    expect(leftOut).toEqual([]);
    expect(text).not.toContain('SECRET');
  });

  it('but what was judged before is shown', () => {
    const elements = Array.from({ length: 100 }, (_, n) => `<i id="${n}" class="x">seen</i>`).join('');
    const { text } = read(
      `<style>${'.x{color:red}'.repeat(2_000)}</style>first ${elements}`,
      WorkBudget.ofMessage(),
    );
    expect(text).toMatch(/^first seen/);
  });

  it('and documents of one message share one budget', () => {
    const budget = new WorkBudget({ steps: 1_000, htmlChars: 10_000, textBytes: 10_000 });
    const html = `<style>${hides}</style>${Array.from({ length: 100 }, (_, n) => `<i id="${n}">x</i>`).join('')}`;
    expect(read(html, budget).leftOut).toEqual([]);
    expect(read(html, budget).leftOut).toEqual(['work']);
    expect(read('x'.repeat(20_000), budget).leftOut).toContain('htmlSize');
  });
});
