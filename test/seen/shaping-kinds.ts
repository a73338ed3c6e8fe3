import { dot, type Variant } from './hiding-kinds.js';

/** Kinds of bodies in which all may be seen, in all of the shapes that mail gives to text. */
export const shapingKinds: Readonly<Record<string, readonly Variant[]>> = {
  'unclosed links': [
    (it) => `<a href="${it.url()}">${it.text()} <a href="${it.url()}">${it.text()}</a> ${it.text()}`,
    (it) => `<p><a href="${it.url()}">${it.text()}<p>${it.text()}</p>${it.text()}`,
    (it) =>
      `<a href="${it.url()}"><table><tr><td>${it.text()} <a href="${it.url()}">${it.text()}</a></td></tr></table>${it.text()}`,
    (it) => `<div><a name="x">${it.text()} <a href="${it.url()}">${it.text()}</a></div>`,
    (it) => `<ul><li><a href="${it.url()}">${it.text()}<li><a href="${it.url()}">${it.text()}</ul>`,
    (it) => `<a href="${it.url()}"><b>${it.text()}</a> ${it.text()}</b>`,
  ],
  'unclosed tags': [
    (it) => `<b>${it.text()}<p>${it.text()} <i>${it.text()}</p>${it.text()}`,
    (it) => `<table><tr><td>${it.text()}<tr><td>${it.text()}</table>${it.text()}`,
    (it) => `<table>${it.text()}<tr><td>${it.text()}</table>`,
    (it) => `<div><span>${it.text()}</div>${it.text()}</span>`,
    (it) => `<p>${it.text()}<p>${it.text()}</div></p>${it.text()}`,
    (it) => `<ul><li>${it.text()}<ul><li>${it.text()}</li>${it.text()}`,
    (it) => `<select><option>${it.text()}</select>${it.text()}`,
    (it) => `${it.text()}</body></html>${it.text()}`,
    (it) => `<p title="a > b">${it.text()}</p><p title='x'y>${it.text()}`,
  ],
  'linked pictures': [
    (it) => `<a href="${it.url()}"><img src="${dot}" width=90 height=30 alt="${it.text()}"></a>${it.text()}`,
    (it) => `<a href="${it.url()}"><img src="${dot}" width=90 height=30></a>${it.text()}`,
    (it) => `<a href="${it.url()}"><img src="${dot}" width=90 height=30 alt="">${it.text()}</a>`,
    (it) =>
      `<a href="${it.url()}"><img src="${dot}" width=90 height=30 alt="${it.text()}"><br>${it.text()}</a>`,
    (it) => `${it.text(1)}<img src="${dot}" width=20 height=20 alt="${it.text(1)}">${it.text(1)}`,
    (it) => `<a href="${it.url()}"><img src="${dot}" width=1 height=1></a>${it.text()}`,
    (it) =>
      `<a href="${it.url()}"><img src="${dot}" width=40 height=40 style="display:none" alt="${it.text()}"></a>${it.text()}`,
    (it) =>
      `<div style="font-size:0"><a href="${it.url()}"><img src="${dot}" width=40 height=40 alt="${it.text()}"></a></div>${it.text()}`,
  ],
  buttons: [
    (it) =>
      `<table><tr><td bgcolor="#0055aa"><a href="${it.url()}" style="color:#fff;display:block">${it.text(2)}</a></td></tr></table>`,
    (it) =>
      `<a href="${it.url()}" style="background:#0a0;color:#fff;padding:8px;display:inline-block">${it.text(2)}</a><a href="${it.url()}" style="display:inline-block">${it.text(1)}</a>`,
    (it) =>
      `<table><tr><td><a href="${it.url()}"><span style="color:#fff;background:#333">${it.text(2)}</span></a></td><td><a href="${it.url()}">${it.text(2)}</a></td></tr></table>`,
    (it) => `<a href="${it.url()}"><button>${it.text(2)}</button></a>`,
    (it) =>
      `<a href="${it.url()}"><table bgcolor="#c00"><tr><td><font color="#fff">${it.text(2)}</font></td></tr></table></a>`,
  ],
  'data tables': [
    (it) =>
      `<table border=1><tr><th>${it.word()}<th>${it.word()}<tr><td>${it.word()}<td><tr><td rowspan=2>${it.word()}<td>${it.word()}<tr><td>${it.word()}</table>`,
    (it) =>
      `<table><thead><tr><th>${it.word()}</th><th colspan=2>${it.word()}</th></tr></thead><tr><td>${it.word()}</td><td>${it.word()}</td><td>${it.word()}</td></tr></table>`,
    (it) =>
      `<table border=1><caption>${it.text()}</caption><tr><td><p>${it.text()}</p><p>${it.text()}</p></td><td><ul><li>${it.word()}</ul></td></tr><tr><td>${it.word()}<td>${it.word()}</tr></table>`,
    (it) =>
      `<table border=1><tr><td><a href="${it.url()}">${it.word()}</a><td style="display:none">${it.word()}<tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td>${it.word()}<br>${it.word()}<td>${it.word()}</tr><tfoot><tr><td>${it.word()}<td>${it.word()}</tfoot></table>`,
    (it) =>
      `<table><tr><th>${it.word()}<td><pre>${it.word()}\n${it.word()}</pre><tr><th>${it.word()}<td><div>${it.word()}</div><div>${it.word()}</div></table>`,
    (it) =>
      `<table border=1><tr><td>${it.word()}<td><table><tr><td>${it.word()}<td>${it.word()}</table><tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td>${it.word()}<td><details><summary>${it.word()}</summary>${it.word()}</details><tr><td>${it.word()}<td>${it.word()}</table>`,
  ],
  'layout tables': [
    (it) => `<table width=600><tr><td>${it.text(20)}</td><td>${it.text(20)}</td></tr></table>`,
    (it) =>
      `<table role=presentation><tr><td><table><tr><td>${it.text()}</td></tr></table></td><td>${it.text()}</td></tr></table>`,
    (it) => `<table><tr><td>${it.word()}</td><td>${it.word()}</td></tr></table>${it.text()}`,
    (it) =>
      `<div style="display:table"><div style="display:table-row"><div style="display:table-cell">${it.text()}</div><div style="display:table-cell">${it.text()}</div></div></div>`,
    (it) =>
      `<div style="display:flex"><div>${it.word()}</div><div>${it.word()}</div><span>${it.word()}</span><span>${it.word()}</span></div>`,
    (it) =>
      `<div><div style="float:left">${it.word()}</div><div style="float:left">${it.word()}</div></div><br clear=all>`,
    (it) =>
      `<div style="display:grid;grid-template-columns:1fr 1fr"><span>${it.word()}</span><span>${it.word()}</span></div>`,
  ],
  'struck text': [
    (it) => `<s>${it.text()}</s> <del>${it.text()}</del> <strike>${it.text()}</strike> ${it.text()}`,
    (it) =>
      `<span style="text-decoration:line-through">${it.text()}</span> <a href="${it.url()}"><s>${it.text()}</s></a>`,
    (it) => `<s><p>${it.text()}</p><p>${it.text()}</p></s>`,
  ],
  lists: [
    (it) => `<ol start=4><li>${it.text()}<li>${it.text()}<ol type=a><li>${it.text()}</ol></ol>`,
    (it) => `<ul><li><p>${it.text()}</p><ul><li>${it.text()}</ul><li>${it.text()}</ul>`,
    (it) => `<dl><dt>${it.text()}<dd>${it.text()}<dt>${it.text()}</dl>`,
    (it) => `<ul>${it.text()}<li value=7>${it.text()}</ul><li>${it.text()}`,
    (it) => `<ul style="list-style:none"><li><a href="${it.url()}">${it.text()}</a><li>${it.text()}</ul>`,
    (it) => `<menu><li>${it.text()}<li>${it.text()}</menu><dir><li>${it.text()}<li>${it.text()}</dir>`,
  ],
  quotes: [
    (it) => `<blockquote>${it.text()}<blockquote>${it.text()}</blockquote></blockquote>${it.text()}`,
    (it) =>
      `<div class="gmail_quote">${it.text()}<blockquote class="gmail_quote" style="border-left:1px solid">${it.text()}</blockquote></div>`,
    (it) => `<blockquote type="cite"><p>${it.text()}</p><ul><li>${it.text()}</ul></blockquote>`,
    (it) => `<q>${it.text()}</q> <cite>${it.text()}</cite>`,
  ],
  headings: [
    (it) => `<h1>${it.text()}</h1><h2><a href="${it.url()}">${it.text()}</a></h2><h6>${it.text()}</h6>`,
    (it) => `<h2><img src="${dot}" width=50 height=20 alt="${it.text()}"></h2>${it.text()}`,
    (it) => `<h1>${it.text()}<br>${it.text()}</h1><hgroup><h3>${it.text()}</h3><p>${it.text()}</p></hgroup>`,
    (it) =>
      `<header>${it.word()}</header><main>${it.word()}</main><footer>${it.word()}</footer><aside>${it.word()}</aside><search>${it.word()}</search><address>${it.word()}</address>`,
  ],
  entities: [
    (it) =>
      `${it.word()}&nbsp;${it.word()}&amp;${it.word()}&lt;${it.word()}&gt;${it.word()}&mdash;${it.word()}`,
    (it) => `${it.word()}&#10;${it.word()}&#x2009;${it.word()}&emsp;${it.word()}&hellip;${it.word()}`,
    (it) => `<a href="https://e.example/?a=1&amp;b=2&amp;copy=3">${it.text()}</a>`,
    (it) => `<a href="https://e.example/?a=1&copy=2&lang=en">${it.text()}</a>`,
    (it) => `<p title="&quot;>">${it.text()}</p>&notanentity; ${it.word()} & ${it.word()} < ${it.word()}`,
  ],
  'base href': [
    (it) =>
      `<base href="https://b.example/x/"><a href="../y">${it.text()}</a> <a href="${it.url()}">${it.text()}</a>`,
    (it) =>
      `<head><base href="https://b.example/x/"></head><a href="z?q=1">${it.text()}</a> <a href="//c.example/k">${it.text()}</a>`,
    (it) => `<base target="_blank"><a href="${it.url()}">${it.text()}</a>`,
    (it) => `<p><base href="https://b.example/x/"></p><a href="y">${it.text()}</a>`,
    (it) => `<base target="_blank"><base href="https://b.example/x/"><a href="y">${it.text()}</a>`,
  ],
  'odd links': [
    (it) => `<a href="www.plain.example/a">${it.text()}</a> <a href="plain.example/b">${it.text()}</a>`,
    (it) =>
      `<a href="//c.example/k">${it.text()}</a> <a href="mailto:x@y.example?subject=a%20b">${it.text()}</a>`,
    (it) => `<a href="  https://s.example/a\n/b ">${it.text()}</a>`,
    (it) =>
      `<a href="javascript:alert(1)">${it.text()}</a> <a href="#top">${it.text()}</a> <a href="tel:+123">${it.text()}</a>`,
    (it) => `<a href="HTTPS://S.example/Q">${it.text()}</a> <a href="">${it.text()}</a> <a>${it.text()}</a>`,
    (it) =>
      `<a href="https://s.example/a b">${it.text()}</a> <a href="https://s.example/[x]">${it.text()}</a>`,
    (it) =>
      `<a href='https://s.example/"q"'>${it.text()}</a> <a href=https://s.example/bare>${it.text()}</a>`,
    (it) =>
      `<a href="${it.url()}" style="display:none">${it.text()}</a><a href="${it.url()}" style="color:#fff">${it.text()}</a>${it.text()}`,
    (it) => `<a href="\\\\c.example\\k">${it.text()}</a> <a href="https:\\\\d.example\\k">${it.text()}</a>`,
  ],
  'line ends': [
    (it) => `${it.word()}<br>${it.word()}<br/>${it.word()}<br><br>${it.word()}<wbr>`,
    (it) => `<pre>${it.word()}\n  ${it.word()}\t${it.word()}</pre>`,
    (it) => `<div style="white-space:pre-line">${it.word()}\n${it.word()}</div>`,
    (it) => `<p style="white-space:nowrap">${it.word()}\n${it.word()}</p>`,
    (it) => `${it.word()}<hr>${it.word()}<div>${it.word()}</div>${it.word()}`,
    (it) => `<xmp>${it.word()} <b>${it.word()}</b></xmp><listing>${it.word()}</listing>`,
    (it) => `<textarea>${it.word()}\n${it.word()}</textarea>`,
    (it) => `<span>${it.word()}</span><center>${it.word()}</center><nobr>${it.word()}</nobr>`,
    (it) =>
      `<custom-block style="display:block">${it.word()}</custom-block><custom-block style="display:block">${it.word()}</custom-block>`,
    (it) => `<plaintext>${it.text()}`,
  ],
  'right to left': [
    (it) => `<div dir=rtl>${it.text()} <b>${it.text()}</b></div>`,
    (it) => `<p dir="rtl">שלום ${it.word()} עולם</p><bdo dir=rtl>${it.text()}</bdo>`,
    (it) =>
      `<table dir=rtl border=1><tr><td>${it.word()}<td>${it.word()}<tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) => `<div style="direction:rtl;text-indent:10px">${it.text()}</div>`,
  ],
  details: [
    (it) => `<details><summary>${it.text()}</summary>${it.text()}</details>${it.text()}`,
    (it) => `<details open><summary>${it.text()}</summary><p>${it.text()}</p></details>`,
    (it) => `<details>${it.text()}</details>`,
    (it) => `<details><summary>${it.text()}</summary><summary>${it.text()}</summary></details>`,
    (it) => `<details><p>${it.text()}</p><summary>${it.text()}</summary></details>`,
    (it) => `<details><div><summary>${it.text()}</summary></div></details>${it.text()}`,
  ],
  'never drawn': [
    (it) => `<template>${it.text()}</template><script>var ${it.word()}</script>${it.text()}`,
    (it) => `<noscript>${it.text()}</noscript> ${it.text()}`,
    (it) => `<title>${it.text()}</title>${it.text()}`,
    (it) => `<textarea hidden>${it.text()}</textarea><style>.${it.word()}{}</style>${it.text()}`,
    (it) => `<noframes>${it.text()}</noframes><noembed>${it.text()}</noembed>${it.text()}`,
    (it) => `<style style="display:block">/* ${it.text()} */</style>${it.text()}`,
    (it) => `<datalist><option>${it.text()}</datalist>${it.text()}`,
    (it) => `<head>${it.text()}</head>${it.text()}`,
    (it) => `<rp>${it.text()}</rp><ruby>${it.word()}<rt>${it.word()}</rt></ruby>`,
  ],
  'svg and math': [
    (it) =>
      `<svg width=300 height=40><text x=5 y=20>${it.text(2)}</text><title>${it.text()}</title></svg>${it.text()}`,
    (it) =>
      `<svg width=300 height=40><a href="${it.url()}"><text x=5 y=20>${it.text(2)}</text></a></svg> ${it.text()}`,
    (it) =>
      `<svg width=300 height=40><defs><text x=5 y=20>${it.text(2)}</text></defs><desc>${it.text()}</desc></svg>${it.text()}`,
    (it) =>
      `<svg width=300 height=60><foreignObject width=300 height=60><p>${it.text(2)}</p></foreignObject></svg>`,
    (it) => `<math><mi>${it.word()}</mi><mo>=</mo><mi>${it.word()}</mi></math>`,
    (it) => `<svg width=300 height=40><text x=5 y=20 fill="none">${it.text(2)}</text></svg>${it.text()}`,
  ],
  forms: [
    (it) =>
      `<form><label>${it.word()}</label><input value="${it.word()}"><button>${it.word()}</button></form>`,
    (it) => `<input type=submit value="${it.word()}"><input type=hidden value="${it.word()}">${it.text()}`,
    (it) =>
      `<input type=button value="${it.word()}"><input placeholder="${it.word()}"><input type=checkbox value="${it.word()}">${it.text()}`,
    (it) => `<fieldset><legend>${it.word()}</legend><input type=radio> ${it.word()}</fieldset>`,
    (it) => `<textarea>${it.text()}</textarea><button>${it.text()}</button><output>${it.text()}</output>`,
    (it) => `<meter value=1>${it.text()}</meter><progress>${it.text()}</progress>${it.text()}`,
    (it) => `<select><option>${it.word()}<option>${it.word()}</select>${it.text()}`,
    (it) => `<select size=3><option>${it.word()}<option>${it.word()}</select>${it.text()}`,
  ],
  embedded: [
    (it) => `<iframe src="${it.url()}">${it.text()}</iframe>${it.text()}`,
    (it) => `<video src=x>${it.text()}</video><audio controls>${it.text()}</audio>${it.text()}`,
    (it) => `<object type="x/none">${it.text()}</object> ${it.text()}`,
    (it) => `<canvas>${it.text()}</canvas>${it.text()}`,
    (it) => `<map name=m><area href="${it.url()}" alt="${it.text()}"></map>${it.text()}`,
    (it) =>
      `<img src="${dot}" width=90 height=30 usemap="#m"><map name=m><area shape=rect coords="0,0,9,9" href="${it.url()}" alt="${it.text()}"><area href="${it.url()}" alt="${it.text()}"></map>${it.text()}`,
    (it) => `<object>${it.text()}</object><embed>${it.text()}`,
    (it) => `<picture><source srcset="x"><img src="${dot}" width=30 height=30 alt="${it.text()}"></picture>`,
  ],
  amp: [
    (it) =>
      `<html ⚡4email><head><style amp4email-boilerplate>body{visibility:hidden}</style></head><body>${it.text()}</body></html>`,
    (it) => `<amp-img alt="${it.text()}" width=30 height=30></amp-img>${it.text()}`,
    (it) => `<amp-accordion><section><h4>${it.text()}</h4><p>${it.text()}</p></section></amp-accordion>`,
    (it) => `<div amp4email>${it.text()}</div><o:p>${it.text()}</o:p> <st1:place>${it.text()}</st1:place>`,
  ],
};
