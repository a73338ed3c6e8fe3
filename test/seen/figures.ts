import type { Body } from './bodies.js';
import type { Comparison } from './comparison.js';

/** How the readings compare, by kind and in all, as a table to print. */
export function figuresOf(compared: readonly (Body & Comparison)[]): string {
  const kinds = new Set(compared.map(({ kind }) => kind));
  const sum = (of: readonly (Body & Comparison)[], count: (it: Comparison) => number): string =>
    String(of.reduce((total, it) => total + count(it), 0)).padStart(6);
  const row = (name: string, of: readonly (Body & Comparison)[]): string =>
    [
      name.padEnd(22),
      String(of.length).padStart(6),
      sum(of, (it) => it.seen),
      sum(of, (it) => it.lost.length),
      sum(of, (it) => it.shownUnseen.length),
      sum(of, (it) => it.links),
      sum(of, (it) => it.wrongLinks.length),
    ].join(' ');
  const head = `${'kind'.padEnd(22)} bodies   seen   lost unseen  links  wrong`;
  const rows = [...kinds].map((kind) =>
    row(
      kind,
      compared.filter((it) => it.kind === kind),
    ),
  );
  return `${[head, ...rows, row('all', compared)].join('\n')}\n`;
}
