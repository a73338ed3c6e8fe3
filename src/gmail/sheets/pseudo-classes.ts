import type { HtmlElement } from '../tree/html-tree.js';

type PseudoClass = string | ((element: HtmlElement) => boolean);

function never(): boolean {
  return false;
}

/** What nothing is while a mail is only looked at, and what everything is. */
export const statePseudoClasses: Readonly<Record<string, PseudoClass>> = {
  ...Object.fromEntries(
    (
      'hover active focus focus-visible focus-within target visited fullscreen modal popover-open autofill user-valid ' +
      'user-invalid playing picture-in-picture -webkit-autofill -webkit-full-screen -webkit-drag'
    )
      .split(' ')
      .map((name) => [name, never]),
  ),
  defined: () => true,
  open: ':is(details, dialog)[open]',
  '-webkit-any-link': ':any-link',
  'placeholder-shown': ':is(input, textarea)[placeholder]:not([value])',
  indeterminate: 'progress:not([value])',
  default: ':is(option[selected], input[checked])',
  valid: 'form',
  invalid: ':not(*)',
  'in-range': 'input[min],input[max]',
  'out-of-range': ':not(*)',
};

/** Those with a selector in parentheses. */
export const selectorPseudoClasses: ReadonlySet<string> = new Set(['is', 'where', 'not', 'has']);
/** In whose list an unknown selector does no harm to the others (Selectors 4, section 18.1). */
export const forgivingPseudoClasses: ReadonlySet<string> = new Set(['is', 'where']);

const structural = new Set(
  (
    'root scope empty first-child last-child only-child first-of-type last-of-type only-of-type nth-child ' +
    'nth-last-child nth-of-type nth-last-of-type lang any-link link enabled disabled checked required optional ' +
    'read-only read-write'
  ).split(' '),
);

/** Whether a browser knows it; one that it does not know makes its whole rule void. */
export function isPseudoClass(name: string): boolean {
  return structural.has(name) || selectorPseudoClasses.has(name) || name in statePseudoClasses;
}
