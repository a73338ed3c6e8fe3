/** Constructed, not written into the page: a strict Content-Security-Policy has nothing to say about it. */
export function elementStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

const css = `
:host {
  --_text: var(--evergrant-text, light-dark(#1c2024, #eceef0));
  --_muted: var(--evergrant-muted, light-dark(#5b6570, #a9b1ba));
  --_surface: var(--evergrant-surface, light-dark(#fff, #1b1e22));
  --_border: var(--evergrant-border, light-dark(#cdd3da, #444b54));
  --_accent: var(--evergrant-accent, light-dark(#1257c5, #8ab4ff));
  --_on-accent: var(--evergrant-on-accent, light-dark(#fff, #0c1524));
  --_good: var(--evergrant-good, light-dark(#146c2e, #7fd597));
  --_bad: var(--evergrant-bad, light-dark(#b3261e, #ff9a90));
  --_radius: var(--evergrant-radius, 8px);
  display: block;
  max-width: 34rem;
  color: var(--_text);
  font: var(--evergrant-font, 1rem/1.5 system-ui, sans-serif);
}
:host([hidden]) { display: none }
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
.card {
  display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1rem;
  padding: 1rem; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface);
}
.dot { flex: none; width: .75rem; height: .75rem; border-radius: 50%; background: var(--_muted) }
[data-state="connected"] .dot { background: var(--_good) }
[data-state="reauth-required"] .dot, [data-state="blocked"] .dot { background: var(--_bad) }
.what { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere }
.name { margin: 0; font-weight: 600; unicode-bidi: isolate }
.state { margin: 0; color: var(--_muted); unicode-bidi: isolate }
button {
  min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--_accent); border-radius: var(--_radius);
  background: var(--_accent); color: var(--_on-accent); font: inherit; font-weight: 600; cursor: pointer;
}
button.other { background: none; color: var(--_accent) }
button:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px }
[hidden] { display: none !important }
dialog {
  box-sizing: border-box; width: min(30rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); overflow: auto;
  padding: 1.5rem; border: 1px solid var(--_border); border-radius: calc(var(--_radius) * 1.5);
  background: var(--_surface); color: var(--_text); overflow-wrap: anywhere;
}
dialog::backdrop { background: rgb(0 0 0 / .5) }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.3 }
dialog p { margin: 0 0 .75rem; unicode-bidi: isolate }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem }
.actions button { flex: 1 1 auto }
`;
