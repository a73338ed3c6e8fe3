import { describe, expect, it } from '@jest/globals';
import { htmlToText } from './html-to-text.js';
import { WorkBudget } from '../tree/work-budget.js';

function read(html: string): string {
  return htmlToText(html, WorkBudget.ofMessage());
}

describe('what a browser hides is hidden', () => {
  it.each([
    ['<body bgcolor="#ffffff"><font color="#FFFFFF">X</font>'],
    ['<p style="color:#fefefe01">X'],
    ['<p style="color:white">X'],
    ['<p style="color:#fdfdfd">X'],
    ['<p style="color:hsl(0,0%,100%)">X'],
    ['<p style="color:rgb(255 255 255)">X'],
    ['<div style="background:#123456"><p style="color:#123456">X'],
    ['<table bgcolor="222222"><tr><td style="color:#222">X'],
    ['<div style="background-color:rgba(0,0,0,.99)"><p style="color:black">X'],
    ['<p style="opacity:.2"><b style="opacity:.2">X'],
    ['<p style="opacity:3%">X'],
    ['<p style="filter:opacity(0)">X'],
    ['<p><font color="#fff">seen by none<p>X'],
    ['<style>.a .b{display:none}</style><div class="a"><p><i class="b">X'],
    ['<style>div > [data-x=y]{display:none}</style><div><i data-x="y">X'],
    ['<style>@media screen and (min-width:500px){.a{display:none}}</style><i class="a">X'],
    ['<style>*{display:none}</style><p>X'],
    ['<p style="position:absolute;left:-9999px">X'],
    ['<p style="position:absolute;top:-5000px">X'],
    ['<p style="text-indent:-9999px">X'],
    ['<p style="margin-left:-9999px">X'],
    ['<p style="position:absolute;clip:rect(0 0 0 0)">X'],
    ['<p style="position:absolute;clip:rect(1px,1px,1px,1px)">X'],
    ['<p style="clip-path:inset(50%)">X'],
    ['<p style="clip-path:circle(0)">X'],
    ['<p style="transform:scale(0)">X'],
    ['<p style="width:1px;height:1px;overflow:hidden">X'],
    ['<p style="max-width:0;overflow:hidden">X'],
    ['<p style="font-size:2px">X'],
    ['<div style="font-size:14px"><p style="font-size:.05em">X'],
    ['<p style="content-visibility:hidden">X'],
    ['<details><summary>more</summary>X</details>'],
    ['<dialog>X</dialog>'],
    ['<p style="-webkit-text-fill-color:transparent">X'],
    ['<template>X</template>'],
    ['<p style="max-height:0;overflow:auto">X'],
    ['<div style="color:#fff"><p style="color:currentcolor">X'],
    ['<body link="#ffffff"><a href="https://x.example">X</a>'],
    ['<style>@media (width >= 600px){.a{display:none}}</style><i class="a">X'],
    ['<style>@media (400px < width <= 1200px){.a{display:none}}</style><i class="a">X'],
    ['<style>@media (max-width:9px) or (min-height:99px){.a{display:none}}</style><i class="a">X'],
    ['<img src="x" style="width:1px" alt="X">'],
    ['<table><col><col style="visibility:collapse"><tr><td>a<td>X</table>'],
    ['<table><colgroup><col span=2><col style="visibility:collapse"></colgroup><tr><td>a<td>b<td>X</table>'],
    ['<table><colgroup style="visibility:collapse"><col></colgroup><tr><td>X<td>a</table>'],
    ['<table><col style="visibility:collapse"><col><tr><td rowspan=2>X<td>a<tr><td>b</table>'],
    ['<style>.c{visibility:collapse}</style><table><col><col class=c><tr><th>a<th>X<tr><td>1<td>X</table>'],
    ['<select><option>first<option>X</select>'],
    ['<details><summary>more</summary><summary>X</summary></details>'],
    ['<canvas>X</canvas>'],
    ['<style>p + span{display:none}</style><p>a</p><span>X</span>'],
    ['<style>p ~ ul{display:none}</style><p>a</p><div></div><ul><li>X</ul>'],
    ['<style>li:nth-child(2){display:none}</style><ul><li>a<li>X</ul>'],
    ['<style>p:not(.b){display:none}</style><p>X'],
    ['<style>:is(.d, :nonsense){display:none}</style><p class="d">X'],
    ['<style>div:has(> .d){display:none}</style><div><i class="d">X'],
    ['<style>[title="SAY it" i]{display:none}</style><p title="say it">X'],
    ['<style>P.C{display:none}</style><p class="c">X'],
    ['<style>.a{color:red; .d{display:none}}</style><div class="a"><p class="d">X'],
    ['<style>.a{ & > .d{display:none}}</style><div class="a"><p class="d">X'],
    ['<style>.a{ @media screen{display:none}}</style><div class="a">X'],
    ['<style>@layer x{.a{display:block}} @layer y{.a{display:none}}</style><p class="a">X'],
    ['<style>@supports (display:grid) and (not (display:nonsense)){.a{display:none}}</style><p class="a">X'],
    ['<style>.a{color:red</style><style>.b{display:none}</style><p class="b">X'],
    ['<style>.m{display:none}#c:checked~.m{display:block}</style><input type=checkbox id=c><p class="m">X'],
    ['<p style="display:none;display:nonsense">X'],
    ['<p style="display:none;display:-ms-grid">X'],
    ['<p style="color:#fff;color:#12345">X'],
    ['<p style="--a:var(--b);--b:#fff;color:var(--a)">X'],
    ['<p style="display:var(--none, none)">X'],
    ['<p style="--m:-9999px;margin:0 0 0 var(--m)">X'],
    ['<p style="height:calc(10px - 10px);overflow:hidden">X'],
    ['<p style="font-size:min(0px, 9px)">X'],
    ['<p style="zoom:.01;font-size:16px">X'],
    ['<p style="transform:rotateY(90deg)">X'],
    ['<p style="transform:matrix(0,0,0,0,0,0)">X'],
    ['<p style="scale:0">X'],
    ['<p style="position:absolute;right:100%;margin-right:3000px">X'],
    ['<p style="position:absolute;left:-100%">X'],
    ['<p style="text-indent:100%;white-space:nowrap;overflow:hidden">X'],
    ['<p style="height:0;padding-top:40px;overflow:hidden">X'],
    ['<p style="clip-path:inset(0 100% 0 0)">X'],
    ['<p style="-webkit-text-fill-color:transparent"><b style="color:red">X'],
    ['<p style="color:oklch(100% 0 0)">X'],
    ['<p style="color:window">X'],
    ['<svg><text fill="none">X</text></svg>'],
    ['<svg><text opacity="0">X</text></svg>'],
    ['<p popover>X</p>'],
    ['<p hidden="until-found">X'],
    ['<details name="n" open>a</details><details name="n" open>X</details>'],
    ['<select><optgroup><option>first<option>X</optgroup></select>'],
    ['<map name="m"><area href="https://x.example" alt="X"></map>'],
  ])('%s', (html) => {
    expect(read(html)).not.toContain('X');
  });

  it.each([
    ['<table bgcolor="#223344"><tr><td style="color:#ffffff">X'],
    ['<div style="background:#000 url(x.png) no-repeat"><p style="color:#000">X'],
    ['<table><tr><td background="x.png"><font color="#fff">X'],
    ['<div style="background:linear-gradient(#000,#111)"><p style="color:#fff">X'],
    ['<p style="color:#999">X'],
    ['<p style="color:#dddddd">X'],
    ['<p style="color:var(--ink)">X'],
    ['<p style="color:currentcolor">X'],
    ['<body bgcolor=black text=white><p>X'],
    ['<body style="background:#111;color:#eee">X'],
    ['<a href="https://x.example" style="mso-hide:all">X</a>'],
    ['<p style="mso-hide:all">X'],
    ['<p hidden style="display:block">X'],
    ['<span style="height:0;overflow:hidden">X</span>'],
    ['<table style="height:0;overflow:hidden"><tr><td>X'],
    ['<p style="max-height:0;overflow:visible">X'],
    ['<p style="height:0%;overflow:hidden">X'],
    ['<p style="left:-9999px">X'],
    ['<p style="clip:rect(0 0 0 0)">X'],
    ['<p style="color:transparent;text-shadow:0 0 0 #000">X'],
    ['<p style="color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text">X'],
    ['<style>@media (max-width:600px){.a{display:none}}</style><i class="a">X'],
    ['<style>.a .b{display:none}</style><p class="b">X'],
    ['<details open>X</details>'],
    ['<table><col style="visibility:collapse"><col><tr><td colspan=2>X<tr><td>a<td>b</table>'],
    ['<table><col style="visibility:collapse"><col><tr><td>a<td>X</table>'],
    ['<table><col style="visibility:hidden"><tr><td>X</table>'],
    ['<table><col style="visibility:collapse"><tr><td rowspan=2>a<tr><td>X</table>'],
    ['<div style="color:#fff"><p style="color:initial">X'],
    ['<div style="height:0;overflow:hidden;padding:20px">X'],
    ['<style>@media (600px > width){.a{display:none}}</style><i class="a">X'],
    ['<noscript>X</noscript>'],
    ['<object type="x/none">X</object>'],
    ['<input type="submit" value="X">'],
    ['<select><option>first<option selected>X</select>'],
    ['<div style="font-size:0"><div style="font-size:medium">X'],
    ['<p style="opacity:.5;color:#000">X'],
    ['<style>@supports (display:nonsense){.a{display:none}}</style><p class="a">X'],
    ['<style>.x:nonsense, p{display:none}</style><p>X'],
    ['<style>@layer x{.a{display:none}} .a{display:block}</style><p class="a">X'],
    ['<!doctype html><style>P.C{display:none}</style><p class="c">X'],
    ['<!doctype html><p style="font-size:14px;font-size:0.5">X'],
    ['<style type="text/x">p{display:none}</style><p>X'],
    [
      '<style>.m{display:none}#c:checked~.m{display:block}</style><input type=checkbox id=c checked><p class="m">X',
    ],
    ['<p style="display:none;all:initial">X'],
    ['<p style="margin-left:-9999px;margin:0">X'],
    ['<p style="font-size:0;font:14px arial">X'],
    ['<p style="height:0;min-height:30px;overflow:hidden">X'],
    ['<p style="color:windowtext">X'],
    ['<font color="fff">X</font>'],
    ['<p style="color:#fff;-webkit-text-fill-color:#000">X'],
    ['<span style="content-visibility:hidden">X</span>'],
    ['<span style="transform:scale(0)">X</span>'],
    ['<textarea placeholder="X"></textarea>'],
    ['<select><option label="X">other</select>'],
    ['<p>a</p><style style="display:block">X</style>'],
    // Sizes that depend on the reader's own are drawn no smaller than 6 px.
    ['<p style="font-size:.05em">X'],
    ['<mark style="color:#000">X</mark>'],
    ['<font color="#fff"><table><tr><td>X</td></tr></table></font>'],
  ])('but not in %s', (html) => {
    expect(read(html)).toContain('X');
  });
});

describe('each text keeps its own target', () => {
  it.each([
    [
      'where a link is not closed',
      '<a href="https://a.example">one <a href="https://b.example">two</a> three',
      'one [https://a.example] two [https://b.example] three',
    ],
    [
      'where an anchor is left open',
      '<p><a name="end"><span>Or <a href="mailto:s@s.example">us</a></span></p>',
      'Or us [s@s.example]',
    ],
    [
      'in a table in an open link',
      '<a href="https://i.example/1"><img src="x.png" width="600"><table><tr><td>To stop <a href="https://s.example/u">click here</a></td></tr></table>',
      'To stop [https://i.example/1] click here [https://s.example/u]',
    ],
    [
      'around blocks, once',
      '<a href="https://a.example"><h2>Head</h2><p>Teaser</p></a><p>End',
      '## Head [https://a.example]\n\nTeaser\n\nEnd',
    ],
    [
      'in buttons side by side',
      '<a style="display:inline-block" href="https://y.example">Yes</a><a style="display:inline-block" href="https://n.example">No</a>',
      'Yes [https://y.example] No [https://n.example]',
    ],
    [
      'without a scheme',
      '<a href="www.minutes.example/2026">the minutes</a>',
      'the minutes [www.minutes.example/2026]',
    ],
    ['by the base', '<base href="https://b.example/x/"><a href="../y">it</a>', 'it [https://b.example/y]'],
    [
      'by a base that stands late',
      '<p><base href="https://b.example/x/"><a href="y">it</a>',
      'it [https://b.example/x/y]',
    ],
    ['with backslashes', '<a href="\\\\b.example/y">it</a>', 'it [https://b.example/y]'],
    ['with a blank in it', '<a href=" https://b.example/a b">it</a>', 'it [https://b.example/a%20b]'],
    ['with a scheme left out', '<a href="//b.example/y">it</a>', 'it [https://b.example/y]'],
    ['but not to a script', '<a href=" java\nscript:alert(1)">it</a>', 'it'],
    [
      'a picture and its alternative text',
      '<a href="https://a.example"><img alt="Acme"></a>news',
      'Acme [https://a.example] news',
    ],
    ['pictures beside each other', '<img alt="Acme"><img alt="News">', 'Acme News'],
    [
      'an image map',
      '<img src="x" usemap="#m"><map name="m"><area href="https://a.example" alt="North"></map>',
      'North [https://a.example]',
    ],
    ['but none where nothing is seen', 'a<a href="https://a.example"></a>b', 'ab'],
    ['nor where a blank is', 'a <a href="https://a.example">&nbsp;</a> b', 'a b'],
    [
      'with a word behind it',
      '<a href="https://a.example">one</a>two <a href="https://b.example">three</a>.',
      'one [https://a.example] two three [https://b.example].',
    ],
    [
      'by the base, to a place in it',
      '<base href="https://b.example/x"><a href="#y">it</a>',
      'it [https://b.example/x#y]',
    ],
  ])('%s', (_name, html, text) => {
    expect(read(html)).toBe(text);
  });
});

describe('tables of data keep rows and columns', () => {
  const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

  it.each([
    [
      'paragraphs in cells',
      row('<p>Pen</p>', '<p>2</p>') + row('<p>Ink</p>', '<p>1</p>'),
      'Pen | 2\nInk | 1',
    ],
    ['lines in cells', row('Pen<br>blue', '2') + row('Ink', '1'), 'Pen blue | 2\nInk | 1'],
    ['empty cells', row('Pen', '2', '3') + row('Ink', '', '9'), 'Pen | 2 | 3\nInk |  | 9'],
    ['columns that hold nothing', row('Pen', '&nbsp;', '3') + row('Ink', '', '9'), 'Pen | 3\nInk | 9'],
    [
      'wide cells',
      row('Pen', '2', '3') + '<tr><td colspan=2>Total</td><td>3</td></tr>',
      'Pen | 2 | 3\nTotal |  | 3',
    ],
    [
      'high cells',
      '<tr><td rowspan=2>Tea</td><td>small</td><td>2</td></tr>' + row('large', '3'),
      'Tea | small | 2\nTea | large | 3',
    ],
    [
      'links in cells',
      row('<a href="https://x.example">Pen</a>', '2') + row('Ink', '1'),
      'Pen [https://x.example] | 2\nInk | 1',
    ],
    [
      'hidden cells',
      row('Pen', '2') + '<tr><td>Ink</td><td style="display:none">X</td><td>1</td></tr>',
      'Pen | 2\nInk | 1',
    ],
    [
      'hidden rows',
      row('Pen', '2') + '<tr style="display:none"><td>X</td><td>X</td></tr>' + row('Ink', '1'),
      'Pen | 2\nInk | 1',
    ],
  ])('with %s', (_name, rows, text) => {
    expect(read(`<table>${rows}</table>`)).toBe(text);
  });

  it.each([
    ['one row', '<table><tr><td>Home</td><td>Shop</td></tr></table>', 'Home  Shop'],
    [
      'columns of text',
      `<table><tr><td><h2>A</h2><p>one</p></td><td><h2>B</h2><p>two</p></td></tr><tr><td><p>${'x '.repeat(90)}</p></td><td><p>y</p></td></tr></table>`,
      `## A\n\none\n\n## B\n\ntwo\n\n${'x '.repeat(90).trim()}\n\ny`,
    ],
    [
      'tables in it',
      '<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
      'a\nb\nc  d',
    ],
  ])('but a layout with %s is none', (_name, html, text) => {
    expect(read(html)).toBe(text);
  });
});

describe('what shapes a text stays recognisable', () => {
  it.each([
    ['struck text', 'now <s>40 €</s> <del>30 €</del> 20 €', 'now ~~40 € 30 €~~ 20 €'],
    ['struck by style', '<span style="text-decoration:line-through">40</span> 20', '~~40~~ 20'],
    ['headings', '<h1>A</h1><h3>B</h3><p>c', '# A\n\n### B\n\nc'],
    ['but no heading without text', '<h1><img src="x"></h1><p>c', 'c'],
    ['lists', '<ol type="a"><li>x<li>y</ol>', ' a. x\n b. y'],
    ['quotes in quotes', '<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['lines kept by style', '<div style="white-space:pre-wrap">a\nb</div>', 'a\nb'],
    [
      'blocks made by style',
      '<span style="display:block">a</span><span style="display:block">b</span>',
      'a\nb',
    ],
    ['items side by side', '<div style="display:flex"><i>a</i><i>b</i></div>', 'a b'],
    ['old names of lists', '<menu><li>a<li>b</menu>', ' * a\n * b'],
    ['blanks around runs', '<b>a </b><i> b</i>c', 'a bc'],
  ])('%s', (_name, html, text) => {
    expect(read(html)).toBe(text);
  });
});
