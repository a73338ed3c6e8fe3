import { dot, type Variant } from './hiding-kinds.js';

/** Kinds of bodies as programs and services that send mail write them. */
export const senderKinds: Readonly<Record<string, readonly Variant[]>> = {
  'outlook and vml': [
    (it) =>
      `<!--[if mso]><v:roundrect href="${it.url()}" style="height:40px"><w:anchorlock/><center>${it.text()}</center></v:roundrect><![endif]--><!--[if !mso]><!-- --><a href="${it.url()}" style="background:#e33;color:#fff;display:inline-block">${it.text()}</a><!--<![endif]-->`,
    (it) =>
      `<!--[if gte mso 9]><v:rect fill="true"><v:fill type="frame" color="#333"/><v:textbox inset="0,0,0,0"><![endif]--><div style="background:#333;color:#fff">${it.text()}</div><!--[if gte mso 9]></v:textbox></v:rect><![endif]-->`,
    (it) =>
      `<!--[if (gte mso 9)|(IE)]><table><tr><td width="300"><![endif]--><div style="display:inline-block;width:100%;max-width:300px">${it.text()}</div><!--[if (gte mso 9)|(IE)]></td><td width="300"><![endif]--><div style="display:inline-block;max-width:300px">${it.text()}</div><!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]-->`,
    (it) =>
      `<div class=WordSection1><p class=MsoNormal><span lang=EN-US style='font-size:11.0pt;color:windowtext'>${it.text()}<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p></div>`,
    (it) =>
      `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${it.text()}</p>`,
    (it) =>
      `<table class=MsoNormalTable border=0 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'><td style='padding:0cm 5.4pt'><p class=MsoNormal>${it.text(1)}</p></td><td><p class=MsoNormal>${it.text(1)}</p></td></tr></table>`,
    (it) =>
      `<xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><p>${it.text()}</p>`,
    (it) => `<!--[if mso]><style>.c{display:none}</style><![endif]--><p class="c">${it.text()}</p>`,
    (it) =>
      `<style><!-- p.MsoNormal{margin:0cm;font-size:12pt} @page WordSection1{size:612pt 792pt} div.WordSection1{page:WordSection1} --></style><div class=WordSection1><p class=MsoNormal>${it.text()}</p></div>`,
    (it) =>
      `<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> ${it.text(1)}<br><b>Sent:</b> ${it.text(1)}</p></div>`,
    (it) =>
      `<!--[if !mso]><!--><span style="display:none;mso-hide:all">${it.text()}</span><!--<![endif]-->${it.text()}`,
    (it) => `<![if !vml]><img width=40 height=40 src="${dot}" alt="${it.text()}"><![endif]>${it.text()}`,
  ],
  'preheaders of senders': [
    // Mailchimp, Klaviyo, SendGrid, Braze, HubSpot, Salesforce, Customer.io, MJML, Stripe, GitHub, LinkedIn and others
    (it) =>
      `<!--*|IF:MC_PREVIEW_TEXT|*--><!--[if !gte mso 9]><!----><span class="mcnPreviewText" style="display:none; font-size:0px; line-height:0px; max-height:0px; max-width:0px; opacity:0; overflow:hidden; visibility:hidden; mso-hide:all;">${it.text()}</span><!--<![endif]--><!--*|END:IF|*-->${it.text()}`,
    (it) =>
      `<div style="display:none;font-size:1px;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${it.text()}</div>${it.text()}`,
    (it) =>
      `<table class="module preheader preheader-hide" role="module" border="0" width="100%" style="display: none !important; mso-hide: all; visibility: hidden; opacity: 0; color: transparent; height: 0; width: 0;"><tr><td role="module-content"><p>${it.text()}</p></td></tr></table>${it.text()}`,
    (it) =>
      `<div id="preview_text" style="display:none!important;mso-hide:all;">${it.text()}${'&#847;&zwnj;&nbsp;&#8199;&shy;'.repeat(10)}</div>${it.text()}`,
    (it) =>
      `<div style="color:#ffffff;font-size:0;height:0;line-height:0;mso-line-height-rule:exactly">${it.text()}</div>${it.text()}`,
    (it) =>
      `<span style="color:transparent;visibility:hidden;display:none;opacity:0;height:0;width:0;font-size:0;">${it.text()}</span>${it.text()}`,
    (it) =>
      `<div style="overflow:hidden;max-height:0;visibility:hidden;line-height:0;font-size:0">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div data-email-preheader style="height:0px;max-height:0px;border-width:0px;border:0px;border-color:initial;border-image:initial;visibility:hidden;line-height:0px;font-size:0px;overflow:hidden;display:none">${it.text()}</div>${it.text()}`,
    (it) =>
      `<style>.preheader{color:transparent!important;display:none!important;height:0;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all;visibility:hidden;width:0}</style><span class="preheader">${it.text()}</span>${it.text()}`,
    (it) => `<font style="display:none;font-size:1px;color:#333333">${it.text()}</font><p>${it.text()}</p>`,
    (it) => `<p class="preheader" style="color:#999;font-size:11px">${it.text()}</p><p>${it.text()}</p>`,
    (it) =>
      `<div style="font-size:0px;line-height:1px;mso-line-height-rule:exactly;display:none;max-width:0px;max-height:0px;opacity:0;overflow:hidden;mso-hide:all;">${it.text()}</div><h1>${it.text()}</h1>`,
    (it) =>
      `<td style="line-height:1px;font-size:1px;color:#f6f6f6">${it.text()}</td><p style="position:absolute;overflow:hidden;width:1px;height:1px;margin:-1px;padding:0;border:0;clip:rect(0,0,0,0)">${it.text()}</p><div style="height:90px"></div>${it.text()}`,
  ],
  'desktop and mobile': [
    (it) =>
      `<style>.mobile{display:none;max-height:0;overflow:hidden}@media only screen and (max-width:480px){.mobile{display:block!important;max-height:none!important}.desktop{display:none!important}}</style><div class="desktop">${it.text()}</div><div class="mobile">${it.text()}</div>`,
    (it) =>
      `<style>@media (max-width:600px){.hide{display:none!important}.show{display:table-row!important}}</style><table><tr class="hide"><td>${it.text()}</td></tr><tr class="show" style="display:none"><td>${it.text()}</td></tr></table>`,
    (it) =>
      `<style>@media screen and (min-width:601px){.m{display:none!important}}</style><p class="m">${it.text()}</p><p>${it.text()}</p>`,
    (it) =>
      `<style>@media only screen and (min-width:0px) and (max-width:480px){u ~ div .d{display:none}}</style><u></u><div><p class="d">${it.text()}</p></div>`,
    (it) =>
      `<style>@media yahoo{.y{display:none}}@media only screen and (min-device-width:414px) and (max-device-width:736px){.y{display:none}}</style><p class="y">${it.text()}</p>`,
    (it) =>
      `<!--[if !mso]><!--><div class="m" style="display:none;float:left;width:0;overflow:hidden;max-height:0;line-height:0"><a href="${it.url()}">${it.text()}</a></div><!--<![endif]--><a href="${it.url()}">${it.text()}</a>`,
    (it) =>
      `<style>[class="x_show"]{display:none}u+.body .gm{display:none}</style><u></u><div class="body"><p class="gm">${it.text()}</p><p class="x_show">${it.text()}</p><p>${it.text()}</p></div>`,
    (it) =>
      `<style>@media only screen and (max-width:620px){table.body h1{font-size:28px!important}.btn a{width:100%!important}}</style><table class="body"><tr><td><h1>${it.text()}</h1><div class="btn"><a href="${it.url()}">${it.text()}</a></div></td></tr></table>`,
    (it) =>
      `<style>@media (min-width:480px){.only-small{display:none!important}@media (min-width:600px){.only-large{display:block!important}}}</style><p class="only-small">${it.text()}</p><p class="only-large" style="display:none">${it.text()}</p>`,
    (it) =>
      `<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){.light{display:none!important}.dark{display:block!important;background:#000}}</style><img class="light" src="${dot}" width=50 height=20 alt="${it.text()}"><div class="dark" style="display:none"><img src="${dot}" width=50 height=20 alt="${it.text()}"></div>`,
    (it) =>
      `<style>[data-ogsc] .dark{display:block!important}.dark{display:none}[data-ogsb] .light{display:none}</style><p class="dark">${it.text()}</p><p class="light">${it.text()}</p>`,
    (it) =>
      `<style>@media (hover:none){.t{display:none}}@media (pointer:coarse){.u{display:none}}@media (prefers-reduced-motion:reduce){.v{display:none}}@media (min-resolution:2dppx){.w{display:none}}</style><p class="t">${it.text()}</p><p class="u">${it.text()}</p><p class="v">${it.text()}</p><p class="w">${it.text()}</p>`,
    (it) =>
      `<style>@media (hover:hover) and (pointer:fine){.t{display:none}}@media (prefers-reduced-motion:no-preference){.v{display:none}}@media (min-aspect-ratio:1/1){.w{display:none}}</style><p class="t">${it.text()}</p><p class="v">${it.text()}</p><p class="w">${it.text()}</p>${it.text()}`,
    (it) =>
      `<style>@media not all and (max-width:600px){.a{display:none}}@media (not (max-width:600px)){.b{display:none}}@media screen and (min-width:calc(100px + 200px)){.c{display:none}}</style><p class="a">${it.text()}</p><p class="b">${it.text()}</p><p class="c">${it.text()}</p>${it.text()}`,
  ],
  interactive: [
    (it) =>
      `<style>.panel{display:none}#t1:checked~.p1{display:block}</style><input type=radio id=t1 name=t checked><input type=radio id=t2 name=t><div class="panel p1">${it.text()}</div><div class="panel p2">${it.text()}</div>`,
    (it) =>
      `<style>.more{max-height:0;overflow:hidden}#c:checked+.more{max-height:100px}</style><input type=checkbox id=c><div class="more">${it.text()}</div><p>${it.text()}</p>`,
    (it) =>
      `<style>.tip{display:none}a:hover .tip,a:focus .tip{display:block}</style><a href="${it.url()}">${it.text()}<span class="tip">${it.text()}</span></a>`,
    (it) =>
      `<style>.t:target{display:block}.t{display:none}</style><a href="#x">${it.text()}</a><div class="t" id="x">${it.text()}</div>`,
    (it) =>
      `<style>.row:nth-child(n+3){display:none}</style><div>${[1, 2, 3, 4].map(() => `<p class="row">${it.text(1)}</p>`).join('')}</div>`,
    (it) =>
      `<style>.s{position:relative;width:300px;height:40px;overflow:hidden}.s>div{position:absolute;left:0;top:0;width:300px}.s>div:not(:first-child){visibility:hidden}</style><div class="s"><div>${it.text()}</div><div>${it.text()}</div></div>`,
  ],
  'variables and sums': [
    (it) =>
      `<style>:root{--hide:none}.x{display:var(--hide)}</style><p class="x">${it.text()}</p>${it.text()}`,
    (it) => `<p style="--a:#fff;--b:var(--a);color:var(--b)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="color:var(--none,#fff)">${it.text()}</p><p style="color:var(--none)">${it.text()}</p>`,
    (it) => `<div style="--bg:#222"><p style="background:var(--bg) none;color:#fff">${it.text()}</p></div>`,
    (it) =>
      `<p style="height:calc(10px - 10px);overflow:hidden">${it.text()}</p><div style="height:50px"></div>${it.text()}`,
    (it) => `<p style="margin-left:calc(-1 * 9999px)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="--x:1;--x:0;opacity:var(--x)">${it.text()}</p>${it.text()}`,
    (it) =>
      `<p style="font-size:max(0px,14px)">${it.text()}</p><p style="font-size:clamp(0px,1px,2px)">${it.text()}</p>`,
    (it) => `<p style="--m:-9999px;margin:0 0 0 var(--m)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="--a:var(--b);--b:var(--a);color:var(--a)">${it.text()}</p>`,
  ],
  'void declarations': [
    (it) => `<p style="display:none;display:nonsense">${it.text()}</p>${it.text()}`,
    (it) => `<p style="color:#fff;color:#12345">${it.text()}</p>${it.text()}`,
    (it) => `<!doctype html><p style="font-size:0;font-size:14">${it.text()}</p>${it.text()}`,
    (it) => `<p style="display:none;display:-ms-grid">${it.text()}</p>${it.text()}`,
    (it) => `<p style="opacity:0;opacity:full">${it.text()}</p>${it.text()}`,
    (it) => `<p style="width:-5px;overflow:hidden">${it.text()}</p>`,
    (it) => `<style>p{display:none;}.x:nonsense,p{display:block}</style><p>${it.text()}</p>${it.text()}`,
    (it) => `<style>.x:is(:nonsense,.y){display:none}</style><p class="x y">${it.text()}</p>${it.text()}`,
    (it) =>
      `<style>.a{color:red</style><style>.b{display:none}</style><p class="b">${it.text()}</p>${it.text()}`,
    (it) => `<style>@media screen{.b{display:none}</style><p class="b">${it.text()}</p>${it.text()}`,
    (it) => `<style type="text/x">.b{display:none}</style><p class="b">${it.text()}</p>`,
    (it) =>
      `<style media="print">.b{display:none}</style><style media="screen">.c{display:none}</style><p class="b">${it.text()}</p><p class="c">${it.text()}</p>`,
    (it) => `<p style="display:none;all:initial">${it.text()}</p>${it.text()}`,
    (it) => `<p style="display:none!important;all:unset">${it.text()}</p>${it.text()}`,
    (it) =>
      `<p style="margin-left:-9999px;margin:0">${it.text()}</p><p style="overflow:hidden;height:0;overflow:visible">${it.text()}</p>`,
    (it) =>
      `<p style="font-size:0;font:14px arial">${it.text()}</p><p style="background:#000;color:#fff;background:none">${it.text()}</p>`,
  ],
  'transforms and zoom': [
    (it) => `<div style="transform:rotateX(90deg)">${it.text()}</div>${it.text()}`,
    (it) => `<div style="transform:matrix(0,0,0,0,0,0)">${it.text()}</div>${it.text()}`,
    (it) => `<div style="transform:scale3d(1,0,1)">${it.text()}</div>${it.text()}`,
    (it) => `<div style="transform:scaleY(.05)">${it.text()}</div>${it.text()}`,
    (it) => `<div style="scale:0">${it.text()}</div>${it.text()}`,
    (it) => `<div style="rotate:y 90deg">${it.text()}</div>${it.text()}`,
    (it) => `<div style="translate:-9999px">${it.text()}</div>${it.text()}`,
    (it) => `<div style="transform:rotate(360deg) scale(1.1)">${it.text()}</div>${it.text()}`,
    (it) => `<span style="transform:scale(0)">${it.text()}</span> ${it.text()}`,
    (it) => `<div style="zoom:0">${it.text()}</div>${it.text()}`,
    (it) => `<div style="zoom:50%">${it.text()}</div>${it.text()}`,
    (it) => `<div style="-webkit-transform:scale(0)">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div style="transform:translate(-100%,0);position:absolute;left:0">${it.text()}</div><div style="height:40px"></div>${it.text()}`,
  ],
  'cut off': [
    (it) => `<div style="text-indent:100%;white-space:nowrap;overflow:hidden">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div style="height:0;padding-top:40px;overflow:hidden">${it.text()}</div><div style="height:90px"></div>${it.text()}`,
    (it) => `<div style="height:0;min-height:30px;overflow:hidden">${it.text()}</div>${it.text()}`,
    (it) => `<div style="clip-path:inset(0 100% 0 0)">${it.text()}</div>${it.text()}`,
    (it) => `<div style="clip-path:polygon(0 0,10px 0,20px 0)">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div style="position:absolute;clip:rect(0,auto,0,0)">${it.text()}</div><div style="height:40px"></div>${it.text()}`,
    (it) =>
      `<div style="position:absolute;clip:rect(auto,auto,auto,auto)">${it.text()}</div><div style="height:40px"></div>${it.text()}`,
    (it) => `<div style="position:absolute;left:-100%;width:100%">${it.text()}</div>${it.text()}`,
    (it) => `<div style="position:absolute;right:100%">${it.text()}</div>${it.text()}`,
    (it) => `<div style="position:absolute;bottom:200vh;left:0">${it.text()}</div>${it.text()}`,
    (it) => `<div style="position:absolute;left:-100vw;width:90vw">${it.text()}</div>${it.text()}`,
    (it) => `<div style="max-height:1em;overflow:hidden;line-height:1em">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div style="inset:auto auto auto -9999px;position:absolute">${it.text()}</div><div style="height:40px"></div>${it.text()}`,
    (it) => `<div style="margin-inline-start:-9999px">${it.text()}</div>${it.text()}`,
    (it) =>
      `<div style="width:0;height:0;border:0;overflow:hidden;display:inline-block">${it.text()}</div><div style="height:90px"></div>${it.text()}`,
    (it) =>
      `<div style="display:inline-block;width:0;overflow:hidden;white-space:nowrap">${it.text()}</div><div style="height:90px"></div>${it.text()}`,
    (it) => `<table style="width:0;height:0;overflow:hidden"><tr><td>${it.text()}</td></tr></table>`,
  ],
  'colours of letters': [
    (it) =>
      `<p style="-webkit-text-fill-color:transparent"><b style="color:red">${it.text()}</b></p>${it.text()}`,
    (it) => `<p style="color:#fff;-webkit-text-fill-color:#000">${it.text()}</p>`,
    (it) =>
      `<div style="opacity:.3"><div style="opacity:.3"><div style="opacity:.3">${it.text()}</div></div></div>${it.text()}`,
    (it) => `<div style="background:#fff url(x.png)"><p style="color:#333">${it.text()}</p></div>`,
    (it) => `<p style="color:windowtext">${it.text()}</p><p style="color:window">${it.text()}</p>`,
    (it) =>
      `<table bgcolor="#000000" style="background:none"><tr><td style="color:#000">${it.text()}</td></tr></table>`,
    (it) =>
      `<p style="color:hsla(0,0%,0%,0)">${it.text()}</p><p style="color:hwb(0 100% 0%)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="color:transparent;text-shadow:0 0 2px #000">${it.text()}</p>`,
    (it) =>
      `<p style="background-image:linear-gradient(90deg,red,blue);background-clip:text;-webkit-background-clip:text;color:transparent">${it.text()}</p>`,
    (it) => `<p style="background:#fff;color:rgb(100% 100% 100%)">${it.text()}</p>${it.text()}`,
    (it) =>
      `<div style="background-color:#000;background-color:rgba(255,255,255,.9)"><p style="color:#fff">${it.text()}</p></div>${it.text()}`,
    (it) =>
      `<font color="white"><b>${it.text()}</b></font><font color=fff>${it.text()}</font> <font color=ffffff>${it.text()}</font>${it.text()}`,
    (it) => `<body vlink="#fff" alink="#fff"><a href="${it.url()}">${it.text()}</a>`,
    (it) => `<p style="color:oklch(100% 0 0)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="color:color-mix(in srgb,white,white)">${it.text()}</p>${it.text()}`,
    (it) => `<p style="filter:blur(0) opacity(0%)">${it.text()}</p>${it.text()}`,
  ],
};
