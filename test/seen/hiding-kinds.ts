import type { Material } from './words.js';

/** Writes one variant of a kind of body. */
export type Variant = (it: Material) => string;

/** Something that a style does to an element, on each of these elements. */
function styled(styles: readonly string[], tags = ['div', 'p', 'span', 'td', 'b']): Variant[] {
  return styles.map((style) => (it) => {
    const tag = it.one(tags);
    const inner = `<${tag} style="${style}">${it.text()} <i>${it.text(1)}</i></${tag}>`;
    const gap = '<div style="height:90px"></div>';
    return tag === 'td'
      ? `<table><tr>${inner}<td>${it.text()}</td></tr></table>`
      : `${inner}${gap} ${it.text()}`;
  });
}

function sheet(...rules: string[]): Variant[] {
  return rules.map(
    (css) => (it) =>
      `<style>${css}</style><div class="a" id="top"><p class="b c" title="say it">${it.text()}</p><span class="b-x d" lang="en-GB">${it.text()}</span><ul><li>${it.text()}<li class="c">${it.text()}</ul></div><p class="c">${it.text()}</p>`,
  );
}

/** Kinds of bodies in which something is hidden, or looks as if it were. */
export const hidingKinds: Readonly<Record<string, readonly Variant[]>> = {
  colour: [
    ...styled([
      'color:#fff',
      'color:white;background:#fff',
      'color:rgb(255,255,255)',
      'color:#000',
      'color:#777',
    ]),
    (it) => `<font color="#ffffff">${it.text()}</font> ${it.text()}`,
    (it) =>
      `<div style="background:#123;color:#eee">${it.text()}<p style="color:#112233">${it.text()}</p></div>`,
    (it) =>
      `<table bgcolor="#000"><tr><td><font color="#fff">${it.text()}</font><font color="black">${it.text()}</font></td></tr></table>`,
    (it) => `<div style="background-color:#204060"><span style="color:#fff">${it.text()}</span></div>`,
    (it) => `<div style="background:linear-gradient(#333,#444);color:#fff">${it.text()}</div>`,
    (it) =>
      `<div style="color:hsl(120 100% 25%)">${it.text()} <b style="color:inherit">${it.text()}</b></div>`,
  ],
  alpha: styled(
    [
      'color:transparent',
      'color:rgba(0,0,0,0)',
      'color:#00000000',
      'opacity:0',
      'opacity:0.01',
      'opacity:.6',
      'filter:opacity(0)',
      'filter:opacity(80%)',
      'color:rgb(0 0 0 / 1%)',
      'color:rgb(0 0 0 / 80%)',
      'opacity:1%',
    ],
    ['div', 'p', 'td'],
  ),
  position: styled(
    [
      'position:absolute;left:-9999px',
      'position:absolute;top:-9999px',
      'position:fixed;left:-5000px;top:0',
      'position:relative;left:-9999px',
      'position:relative;left:10px',
      'text-indent:-9999px',
      'margin-left:-9999px',
      'transform:translateX(-9999px)',
      'transform:scale(0)',
      'left:-9999px',
      'position:absolute;right:100%;left:auto;margin-right:3000px',
      'transform:translate(4px,2px)',
      'position:absolute;left:-3000px;width:100px',
      'position:absolute;left:-100em',
      'transform:translateY(-200vh)',
      'transform:rotateY(90deg)',
    ],
    ['div', 'p'],
  ),
  clipping: styled(
    [
      'position:absolute;clip:rect(0,0,0,0)',
      'position:absolute;clip:rect(1px,1px,1px,1px)',
      'clip-path:inset(100%)',
      'clip-path:inset(0)',
      'clip-path:circle(0)',
      'clip-path:polygon(0 0,0 0,0 0)',
      'height:0;overflow:hidden',
      'width:0;overflow:hidden',
      'max-height:0;overflow:hidden',
      'max-width:0;overflow:hidden',
      'height:1px;overflow:hidden;width:1px',
      'height:0',
      'overflow:hidden',
      'max-height:0;overflow:auto',
      'height:0;overflow:scroll',
      'clip-path:inset(50% 50%)',
      'clip-path:ellipse(0 0)',
      'max-height:0;overflow-y:hidden',
      'block-size:0;overflow:hidden',
      'height:0;overflow:hidden;padding:20px',
    ],
    ['div', 'p'],
  ),
  size: styled([
    'font-size:0',
    'font-size:1px',
    'font-size:0.1px',
    'font-size:0%',
    'font:0/0 a',
    'font-size:10px',
    'font-size:small',
    'font-size:0;line-height:0',
    'line-height:0',
    'font-size:.01em',
    'zoom:0.01',
    'font-size:calc(0px)',
    'font-size:min(0px,9px)',
  ]),
  display: styled(
    [
      'display:none',
      'DISPLAY:NONE !important',
      'display:none;display:block',
      'display:inline-block',
      'display:flex',
      'display:none !important;display:block',
      'display:block',
      'display:no ne',
      'display:contents',
      'display:none',
      'display:var(--x, none)',
    ],
    ['div', 'p', 'span'],
  ),
  visibility: [
    ...styled(
      ['visibility:hidden', 'visibility:collapse', 'visibility:visible', 'content-visibility:hidden'],
      ['div', 'p'],
    ),
    (it) => `<div style="visibility:hidden">${it.text()}<b style="visibility:visible">${it.text()}</b></div>`,
    (it) =>
      `<table><tr style="visibility:collapse"><td>${it.text()}</td></tr><tr><td>${it.text()}</td></tr></table>`,
    (it) =>
      `<div style="visibility:hidden"><p>${it.text()}</p><p style="visibility:initial">${it.text()}</p></div>`,
  ],
  'hidden attribute': [
    (it) => `<div hidden>${it.text()}</div>`,
    (it) => `<p hidden="">${it.text()}</p><p>${it.text()}</p>`,
    (it) => `<p hidden style="display:block">${it.text()}</p>`,
    (it) => `<span hidden=false>${it.text()}</span>`,
    (it) => `<dialog>${it.text()}</dialog><dialog open>${it.text()}</dialog>`,
    (it) => `<p aria-hidden="true">${it.text()}</p>`,
    (it) => `<style>[hidden]{display:inline}</style><p hidden>${it.text()}</p>`,
    (it) => `<table><tr hidden><td>${it.text()}</td></tr><tr><td>${it.text()}</td></tr></table>`,
  ],
  'mso-hide': [
    ...styled(['mso-hide:all', 'mso-hide:all;display:none', 'mso-line-height-rule:exactly']),
    (it) => `<a href="${it.url()}" style="mso-hide:all;display:inline-block">${it.text()}</a>`,
  ],
  'conditional comments': [
    (it) => `<!--[if mso]><p>${it.text()}</p><![endif]--><p>${it.text()}</p>`,
    (it) => `<!--[if !mso]><!--><p>${it.text()}</p><!--<![endif]-->`,
    (it) => `<![if !mso]><p>${it.text()}</p><![endif]>`,
    (it) =>
      `<!--[if gte mso 9]><table><tr><td><![endif]--><div>${it.text()}</div><!--[if gte mso 9]></td></tr></table><![endif]-->`,
    (it) => `<!-- ${it.text()} --><p>${it.text()}</p><!-- > ${it.text()} -- ${it.text()} -->`,
    (it) => `<!--> ${it.text()} <p>${it.text()}</p>`,
    (it) => `<p>${it.text()}</p><!-- ${it.text()}`,
    (it) =>
      `<!--[if mso]><v:rect href="${it.url()}"><center>${it.text()}</center></v:rect><![endif]--><a href="${it.url()}">${it.text()}</a>`,
  ],
  'tracking pixels': [
    (it) => `${it.text()}<img src="${dot}" width="1" height="1" alt="${it.text()}">`,
    (it) => `<img src="${dot}" width=1 height=1 style="display:none" alt="${it.text()}">${it.text()}`,
    (it) => `<img src="${dot}" style="width:1px;height:1px" alt="${it.text()}">${it.text()}`,
    (it) => `<img src="${dot}" width="0" height="0" alt="${it.text()}">${it.text()}`,
    (it) =>
      `<div style="opacity:0"><img src="${dot}" width="40" height="40" alt="${it.text()}"></div>${it.text()}`,
    (it) => `<img src="${dot}" style="max-height:1px" width=9 height=9 alt="${it.text()}">${it.text()}`,
  ],
  preheaders: [
    (it) => `<div style="display:none;max-height:0;overflow:hidden">${it.text(6)}</div>${it.text()}`,
    (it) =>
      `<span style="display:none!important;visibility:hidden;mso-hide:all;font-size:1px;color:#fff;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden">${it.text(6)}</span>${it.text()}`,
    (it) =>
      `<div style="font-size:1px;color:#fefefe;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden">${it.text()}</div>${it.text()}`,
    (it) =>
      `<style>.preheader{display:none !important}</style><span class="preheader">${it.text()}</span>${it.text()}`,
    (it) =>
      `<div style="max-height:0;overflow:hidden">${it.text()}${'&nbsp;&zwnj;'.repeat(30)}</div><div style="height:90px"></div>${it.text()}`,
    (it) => `<p style="font-size:12px">${it.text()}${'&#847;&zwnj;&nbsp;'.repeat(20)}</p>${it.text()}`,
    (it) =>
      `<div style="height:0;width:0;overflow:hidden;position:absolute">${it.text()}</div><div style="height:90px"></div>${it.text()}`,
  ],
  'media queries': sheet(
    '@media (max-width:600px){.c{display:none}}',
    '@media (min-width:600px){.c{display:none}}',
    '@media print{.b{display:none}}',
    '@media screen{.b{display:none}}',
    '@media only screen and (max-width:480px){.a *{display:none}}',
    '@media (prefers-color-scheme:dark){.b{display:none}}',
    '@media screen and (min-width:300px) and (max-width:2000px){.d{display:none}}',
    '@media not screen{.b{display:none}}',
    '@media not all and (min-width:300px){.b{display:none}}',
    '@media (width >= 600px){.c{display:none}}',
    '@media (400px <= width <= 2000px){.d{display:none}}',
    '@media (orientation:landscape){.c{display:none}}',
    '@media print,screen{.c{display:none}}',
    '@media (min-width:20em){.c{display:none}}',
    '@media (max-height:100px){.c{display:none}}',
    '@media (min-height:100px){.c{display:none}}',
    '@supports (display:grid){.c{display:none}}',
    '@supports not (display:grid){.c{display:none}}',
    '@supports (display:nonsense){.c{display:none}}',
    '@layer x{.c{display:none}}',
    '@media (-webkit-min-device-pixel-ratio:0){.c{display:none}}',
    '@media not print{.c{display:none}}',
    '@media (min-width:300px) or (min-height:9000px){.c{display:none}}',
  ),
  selectors: sheet(
    '.a .b{display:none}',
    '.a > .c{display:none}',
    'ul li{display:none}',
    '[title]{display:none}',
    '[title~=it]{display:none}',
    '[class^=b]{display:none}',
    '[class*="-x"]{display:none}',
    '[lang|=en]{display:none}',
    'p + span{display:none}',
    'p ~ ul{display:none}',
    'li:first-child{display:none}',
    'li:last-child{display:none}',
    'li:nth-child(2){display:none}',
    ':not(.c) > li{display:none}',
    'p:not(.b){display:none}',
    ':is(.d,.q){display:none}',
    ':where(.d){display:none}',
    'p:hover{display:none}',
    'p::before{display:none}',
    '#top p{display:none}',
    '.b.c{display:none}',
    'body > p{display:none}',
    'P.C{display:none}',
    'li:only-child,.d{display:none}',
    'div:has(> .d){display:none}',
    '.a{ .d{display:none} }',
    '.a{ & > .b{display:none} }',
    'p:first-of-type{display:none}',
    ':root .d{display:none}',
    'li:nth-of-type(odd){display:none}',
    '[title="SAY it" i]{display:none}',
    '.d:empty{display:none}',
    'html body .d{display:none}',
  ),
  important: sheet(
    '.b{display:none !important}.b{display:block}',
    '.b{display:none}.b{display:block}',
    '#top .b{display:none}.b{display:block}',
    '.b{display:block}p{display:none}',
    'p{display:none !important}#top .b{display:block}',
    '.c{color:#fff}.a .c{color:#000}',
    '.a{color:#fff}.b{color:#000 !important}',
    '*{display:none}p,div,body,html{display:block !important}',
    '.a{opacity:0;opacity:1}',
    '.b{all:unset;display:none}',
  ),
  'inherited colour': [
    (it) => `<div style="color:#fff">${it.text()}<p style="background:#333">${it.text()}</p></div>`,
    (it) =>
      `<body text="#fff" bgcolor="#000"><p>${it.text()}</p><table><tr><td>${it.text()}</td></tr></table>`,
    (it) => `<font color="#fff"><table><tr><td>${it.text()}</td></tr></table>${it.text()}</font>`,
    (it) =>
      `<!doctype html><font color="#fff"><table><tr><td>${it.text()}</td></tr></table>${it.text()}</font>`,
    (it) => `<div style="color:#fff"><a href="${it.url()}">${it.text()}</a></div>`,
    (it) =>
      `<div style="color:#fff"><a href="${it.url()}" style="color:inherit">${it.text()}</a>${it.text()}</div>`,
    (it) =>
      `<body style="background:#222;color:#eee"><p>${it.text()}</p><p style="color:#222">${it.text()}</p>`,
    (it) => `<body link="#ffffff"><a href="${it.url()}">${it.text()}</a>${it.text()}`,
    (it) => `<style>a{color:#fff}</style><a href="${it.url()}">${it.text()}</a>${it.text()}`,
    (it) =>
      `<div style="color:#fff;background:#fff"><button>${it.text()}</button><mark>${it.text()}</mark></div>`,
    (it) => `<div style="--c:#fff"><p style="color:var(--c)">${it.text()}</p></div>${it.text()}`,
    (it) => `<div style="color:#fff"><p style="color:currentcolor">${it.text()}</p></div>${it.text()}`,
    (it) => `<div style="color:#fff"><p style="color:initial">${it.text()}</p></div>${it.text()}`,
    (it) =>
      `<div style="background:#000"><p style="background:transparent;color:#000">${it.text()}</p></div>${it.text()}`,
  ],
};

/** A picture that is there without a network. */
export const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///ywAAAAAAQABAAACAkQBADs=';
