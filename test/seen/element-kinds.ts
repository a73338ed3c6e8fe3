import { dot, type Variant } from './hiding-kinds.js';

/** Kinds of bodies by the elements that they are made of. */
export const elementKinds: Readonly<Record<string, readonly Variant[]>> = {
  'hidden elements': [
    (it) =>
      `<div hidden="until-found">${it.text()}</div><div style="height:90px"></div><span hidden="until-found">${it.text()}</span> ${it.text()}`,
    (it) => `<div popover>${it.text()}</div>${it.text()}`,
    (it) => `<span style="content-visibility:hidden">${it.text()}</span> ${it.text()}`,
    (it) =>
      `<details open><summary>${it.text()}</summary><details><summary>${it.text()}</summary>${it.text()}</details></details>`,
    (it) => `<details name=x open>${it.text()}</details><details name=x open>${it.text()}</details>`,
    (it) =>
      `<table><tr><td>${it.text()}</td></tr><tbody style="visibility:collapse"><tr><td>${it.text()}</td></tr></tbody></table>`,
    (it) =>
      `<table><colgroup><col><col style="visibility:collapse"></colgroup><tr><td>${it.text()}</td><td>${it.text()}</td></tr></table>`,
    (it) =>
      `<table><colgroup style="visibility:collapse"><col></colgroup><tr><td>${it.text()}</td><td>${it.text()}</td></tr></table>`,
    (it) =>
      `<table border=1><col span=2><col style="visibility:collapse"><tr><th>${it.word()}<th>${it.word()}<th>${it.word()}<tr><td>${it.word()}<td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table><col style="visibility:collapse"><col><tr><td rowspan=2>${it.word()}<td>${it.word()}<tr><td>${it.word()}<tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table><col style="visibility:hidden"><tr><td>${it.text()}</td></tr></table><table><tr><td style="visibility:collapse">${it.text()}</td><td>${it.text()}</td></tr></table>`,
    (it) => `<dialog open>${it.text()}</dialog><div style="height:90px"></div>${it.text()}`,
    (it) => `<noscript><p>${it.text()}</p></noscript><template><p>${it.text()}</p></template>`,
    (it) => `<div inert>${it.text()}</div><div aria-hidden=true>${it.text()}</div>`,
  ],
  'fields and buttons': [
    (it) =>
      `<input type=reset value="${it.word()}"><input type=image alt="${it.word()}" src="${dot}" width=40 height=20><input type=date value="2026-01-01">${it.text()}`,
    (it) =>
      `<select><optgroup label="${it.word()}"><option>${it.word()}<option>${it.word()}</optgroup></select>${it.text()}`,
    (it) => `<select><option label="${it.word()}">${it.word()}</select>${it.text()}`,
    (it) => `<select multiple size=3><option>${it.word()}<option>${it.word()}</select>${it.text()}`,
    (it) =>
      `<input type=email placeholder="${it.word()}" value="${it.word()}"><input type=password value="${it.word()}">${it.text()}`,
    (it) => `<textarea placeholder="${it.word()}"></textarea>${it.text()}`,
    (it) => `<textarea placeholder="${it.word()}">${it.word()}</textarea>${it.text()}`,
    (it) => `<button disabled>${it.text()}</button><button style="display:none">${it.text()}</button>`,
    (it) => `<button><a href="${it.url()}">${it.text()}</a></button>`,
    (it) => `<form action="${it.url()}"><input type=submit value="${it.word()}"></form>${it.text()}`,
    (it) => `<label>${it.text()}<input type=text value="${it.word()}" style="color:#fff"></label>`,
  ],
  'text in lines': [
    (it) => `${it.word()}<wbr> ${it.word()}&shy; ${it.word()} ${it.word()}`,
    (it) => `<ruby>${it.word()}<rp>(</rp><rt>${it.word()}</rt><rp>)</rp></ruby> ${it.word()}`,
    (it) => `${it.word()} <sup>${it.word()}</sup> ${it.word()} <sub>${it.word()}</sub>`,
    (it) => `<bdo dir=rtl>${it.word()}</bdo> <bdi>${it.word()}</bdi> <span dir=rtl>${it.word()}</span>`,
    (it) =>
      `<abbr title="x">${it.word()}</abbr> <kbd>${it.word()}</kbd> <samp>${it.word()}</samp> <var>${it.word()}</var> <tt>${it.word()}</tt>`,
    (it) =>
      `<big>${it.word()}</big> <small><small><small>${it.word()}</small></small></small> <ins>${it.word()}</ins>`,
    (it) =>
      `<font size=1>${it.word()}</font> <font size="-7">${it.word()}</font> <font size=7>${it.word()}</font>`,
    (it) => `<p style="text-transform:uppercase;font-variant:small-caps;letter-spacing:2px">${it.text()}</p>`,
    (it) =>
      `<p style="white-space:pre;tab-size:4">${it.word()}\n\t${it.word()}</p><pre style="white-space:normal">${it.word()}\n${it.word()}</pre>`,
    (it) =>
      `<span style="float:right">${it.word()}</span><span style="position:absolute;left:200px">${it.word()}</span>${it.word()}`,
    (it) => `<q>${it.word()} <q>${it.word()}</q></q> <blink>${it.word()}</blink> <dfn>${it.word()}</dfn>`,
    (it) =>
      `<data value=1>${it.word()}</data> <time datetime="2026">${it.word()}</time> <output>${it.word()}</output> <slot>${it.word()}</slot>`,
  ],
  'lists of all sorts': [
    (it) => `<ol reversed><li>${it.text()}<li>${it.text()}</ol>`,
    (it) => `<ol type=I start=3><li>${it.text()}<li value=9>${it.text()}</ol>`,
    (it) => `<ul><li>${it.text()}<ol><li>${it.text()}<ul><li>${it.text()}</ul></ol></ul>`,
    (it) =>
      `<ul style="display:none"><li>${it.text()}</ul><ul style="font-size:0"><li style="font-size:14px">${it.text()}</ul>`,
    (it) =>
      `<ol style="list-style:lower-roman"><li><table><tr><td>${it.text()}</td></tr></table><li><blockquote>${it.text()}</blockquote></ol>`,
    (it) => `<li>${it.text()}<dd>${it.text()}<dt>${it.text()}`,
    (it) => `<ul><li><ul><li>${it.text()}</ul></ul><ul><li></ul>`,
    (it) => `<ul><p>${it.text()}</p><div>${it.text()}</div><li><h3>${it.text()}</h3></ul>`,
    (it) =>
      `<style>li{display:inline}ul{list-style:none}</style><ul><li>${it.word()}</li> <li>${it.word()}</li></ul>`,
  ],
  'tables of all sorts': [
    (it) =>
      `<table border=1><caption style="display:none">${it.word()}</caption><tr><td>${it.word()}<td>${it.word()}<tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td colspan=2 rowspan=2>${it.word()}<td>${it.word()}<tr><td>${it.word()}<tr><td>${it.word()}<td>${it.word()}<td>${it.word()}</table>`,
    (it) => `<table border=1><tr><td rowspan=0>${it.word()}<td>${it.word()}<tr><td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td><ul><li>${it.word()}<li>${it.word()}</ul><td><h3>${it.word()}</h3><tr><td><blockquote>${it.word()}</blockquote><td><hr>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td><img src="${dot}" width=20 height=20 alt="${it.word()}"><td><a href="${it.url()}"><img src="${dot}" width=20 height=20 alt="${it.word()}"></a><tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr style="display:block"><td>${it.word()}<td>${it.word()}</tr><tr><td style="display:block">${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td style="font-size:0">${it.word()}<td>${it.word()}<tr><td>${it.word()}<td style="color:#fff">${it.word()}</table>`,
    (it) =>
      `<table border=1><form><tr><td>${it.word()}<td><input value="${it.word()}"><tr><td>${it.word()}<td><select><option>${it.word()}<option>${it.word()}</select></form></table>`,
    (it) =>
      `<table border=1><tr><td><s>${it.word()}</s><td>${it.word()}<tr><td><pre>${it.word()}\n${it.word()}</pre><td>${it.word()}</table>`,
    (it) =>
      `<table border=1><tr><td><a href="${it.url()}"><p>${it.word()}</p><p>${it.word()}</p></a><td>${it.word()}<tr><td>${it.word()}<td>${it.word()}</table>`,
    (it) =>
      `<div role=table><div role=row><span role=cell>${it.word()}</span> <span role=cell>${it.word()}</span></div></div>`,
    (it) =>
      `<table><tr><td><table border=1><tr><th>${it.word()}<th>${it.word()}<tr><td>${it.word()}<td>${it.word()}</table></td></tr></table>`,
    (it) =>
      `<table border=1><thead style="display:none"><tr><th>${it.word()}<th>${it.word()}</thead><tr><td>${it.word()}<td>${it.word()}</table>`,
  ],
  'links of all sorts': [
    (it) => `<a href="${it.url()}"><div>${it.text()}<div>${it.text()}</div></div></a>${it.text()}`,
    (it) => `<a href="${it.url()}">${it.text()}<br>${it.text()}</a> <a href="${it.url()}">${it.text()}</a>`,
    (it) => `<a href="${it.url()}"><object>${it.text()}<a href="${it.url()}">${it.text()}</a></object></a>`,
    (it) => `<a href="${it.url()}"><ul><li>${it.text()}<li>${it.text()}</ul></a>`,
    (it) => `<a href="${it.url()}"><span style="display:none">${it.text()}</span>${it.text()}</a>`,
    (it) => `<a href="${it.url()}"><span style="display:none">${it.text()}</span></a>${it.text()}`,
    (it) =>
      `<a href="${it.url()}" style="visibility:hidden">${it.text()}<b style="visibility:visible">${it.text()}</b></a>`,
    (it) => `<p>${it.word()} <a href="${it.url()}">${it.word()}</a>${it.word()}</p>`,
    (it) =>
      `<a href="${it.url()}">${it.word()}</a><a href="${it.url()}">${it.word()}</a><a href="${it.url()}">${it.word()}</a>`,
    (it) => `<nav><a href="${it.url()}">${it.word()}</a> | <a href="${it.url()}">${it.word()}</a></nav>`,
    (it) => `<a href="${it.url()}" title="x"><i></i></a><a href="${it.url()}">&nbsp;</a>${it.text()}`,
    (it) => `<map name=n><p><a href="${it.url()}">${it.text()}</a></p></map>`,
    (it) =>
      `<img src="${dot}" width=90 height=30 alt="${it.text()}" usemap="#n"><map name=n><area shape=rect coords="0,0,40,30" href="${it.url()}" alt="${it.word()}"><area nohref alt="${it.word()}"></map>`,
    (it) => `<a href="${it.url()}"><svg width=90 height=30><text x=2 y=20>${it.word()}</text></svg></a>`,
    (it) =>
      `<a href="${it.url()}"><table><tr><td>${it.word()}</td><td>${it.word()}</td></tr></table></a>${it.text()}`,
    (it) =>
      `<a href="${it.url()}"><h2>${it.text()}</h2></a><h3><a href="${it.url()}">${it.text()}</a> ${it.word()}</h3>`,
    (it) =>
      `<a href="mailto:a@b.example">${it.text()}</a> <a href="mailto:c@d.example">c@d.example</a> <a href="tel:+49301234">${it.text()}</a> <a href="sms:+49">${it.text()}</a>`,
    (it) =>
      `<a href="https://e.example/?q=a%20b&x=[1]#f">${it.text()}</a> <a href="https://e.example/ü?ö=ä">${it.text()}</a>`,
    (it) =>
      `<a href="https://e.example:8443/x">${it.text()}</a> <a href="https://u:p@e.example/x">${it.text()}</a> <a href="http://[2001:db8::1]/x">${it.text()}</a>`,
    (it) =>
      `<base href="https://b.example/x/"><a href="?q=1">${it.text()}</a> <a href="#f">${it.text()}</a> <a href="/r">${it.text()}</a>`,
    (it) =>
      `<base href="https://b.example/x/"><img src="${dot}" width=90 height=30 usemap="#n"><map name=n><area href="y" alt="${it.word()}"></map>`,
    (it) =>
      `<a xlink:href="${it.url()}">${it.text()}</a> <a HREF='${it.url()}'>${it.text()}</a> <a href=https://e.example/bare>${it.text()}</a>`,
    (it) => `<form><a href="${it.url()}"><input type=button value="${it.word()}"></a></form>${it.text()}`,
  ],
  drawings: [
    (it) =>
      `<svg width=300 height=40><text x=5 y=20 style="fill:#fff">${it.word()}</text><text x=90 y=20 fill="red">${it.word()}</text></svg>`,
    (it) => `<svg width=300 height=40 fill="none"><text x=5 y=20>${it.word()}</text></svg>${it.text()}`,
    (it) =>
      `<svg width=300 height=40><text x=5 y=20 opacity="0">${it.word()}</text><text x=90 y=20 fill-opacity="0">${it.word()}</text></svg>${it.text()}`,
    (it) =>
      `<svg width=300 height=40><text x=5 y=20 display="none">${it.word()}</text><text x=90 y=20 visibility="hidden">${it.word()}</text></svg>${it.text()}`,
    (it) =>
      `<svg width=300 height=40><g style="display:none"><text x=5 y=20>${it.word()}</text></g><text x=90 y=20><tspan>${it.word()}</tspan></text></svg>${it.text()}`,
    (it) => `<svg width=0 height=0><text x=5 y=20>${it.word()}</text></svg>${it.text()}`,
    (it) => `<svg style="display:none"><symbol><text>${it.word()}</text></symbol></svg>${it.text()}`,
    (it) =>
      `<math><mrow><mtext>${it.word()}</mtext><mo>=</mo><msup><mi>${it.word()}</mi><mo>+</mo><mn>${it.word()}</mn></msup></mrow></math>`,
  ],
};
