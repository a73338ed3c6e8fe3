import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { escapeUTF8 as escape } from 'entities';

const pico = readFileSync(
  createRequire(import.meta.url).resolve('@picocss/pico/css/pico.classless.min.css'),
  'utf8',
);

// Pico makes `body > main` as wide as the window and puts it at its top, and draws its own marks of what opens and of
// what is ticked as images, which these pages load none of.
const stylesheet = `${pico}
body { display: grid; min-height: 100vh; place-items: center }
body > main { width: 100%; max-width: 36rem; padding: 1rem }
article { margin: 0; padding: 2rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem }
dl { margin: 0 0 1rem }
dt { color: var(--pico-muted-color); font-size: .875rem }
dd { margin: 0 0 .75rem; font-weight: 600 }
form > [type="submit"] { margin: 0 }
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem }
pre { padding: 1rem; line-height: 1.5; color: inherit; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext }
details > summary { display: list-item; line-height: inherit; list-style-type: disclosure-closed }
details[open] > summary { list-style-type: disclosure-open }
details > summary::after, details[open] > summary::after { background: none !important; content: none }
.choice { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
.choice > button { margin: 0 }
.other { background: none; border-color: currentcolor; color: var(--pico-primary) }
.other:hover { background: none; color: var(--pico-primary-hover) }
[type="checkbox"] { appearance: auto; background-image: none !important }
label:has(> [type="checkbox"]) { display: flex; align-items: baseline }
label > [type="checkbox"] { flex: none }
form { margin: 1.5rem 0 1rem }
article > :last-child, form > :last-child { margin-bottom: 0 }
`;

const stylesheetHash = createHash('sha256').update(stylesheet).digest('base64');

/** Markup that is safe to show: made by {@link html} only. */
export class Markup {
  constructor(readonly text: string) {}
}

/** Markup with values in it: text is escaped, markup and lists of it are taken as they are. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(shown)));
}

function shown(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return escape(value);
  return value instanceof Markup ? value.text : value.map(({ text }) => text).join('');
}

/** A name that others chose: set apart, so that its letters cannot turn around what stands beside it. */
export function name(text: string): Markup {
  return html`<bdi><strong>${text}</strong></bdi>`;
}

export interface Page {
  title: string;
  content: Markup;
  /** Origins that its form may lead to after us; null when it has none. */
  formTargets: readonly string[] | null;
}

/** A page with the headers it needs: it loads nothing but the style sheet it holds (CSP Level 3, section 2.3.1). */
export function renderedPage({ title, content, formTargets }: Page): {
  headers: Record<string, string>;
  body: string;
} {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${stylesheetHash}'`,
    "base-uri 'none'",
    `form-action ${formTargets === null ? "'none'" : ["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
  ];
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    // Without a referrer a browser posts the form with `Origin: null` (Fetch, section 3.2).
    'referrer-policy': formTargets === null ? 'no-referrer' : 'same-origin',
  };
  return { headers, body: documentOf(title, content) };
}

function documentOf(title: string, content: Markup): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escape(title)} - Evergrant</title>
    <style>${stylesheet}</style>
  </head>
  <body>
    <main>
      <article>
        <h1>${escape(title)}</h1>
        ${content.text}
      </article>
    </main>
  </body>
</html>
`;
}
