import { elementKinds } from './element-kinds.js';
import { hidingKinds, type Variant } from './hiding-kinds.js';
import { senderKinds } from './sender-kinds.js';
import { shapingKinds } from './shaping-kinds.js';
import { Material } from './words.js';

export interface Body {
  kind: string;
  html: string;
}

const kinds = { ...hidingKinds, ...shapingKinds, ...senderKinds, ...elementKinds };

/** What mail stands in. */
const frames: readonly Variant[] = [
  (it) => `<p>${it.text()}</p>%<p>${it.text()}</p>`,
  (it) =>
    `<table width="600" align="center"><tr><td><p>${it.text()}</p>%</td></tr></table><div>${it.text()}</div>`,
  (it) => `<div style="max-width:600px"><div>${it.text()}</div><div>%</div></div>`,
  () => '%',
];

/** Bodies of every kind: each variant at least once, the same for the same seed. */
export function bodies(seed: number, rounds = 1): Body[] {
  const all: Body[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, variants] of Object.entries(kinds)) {
      for (const variant of variants) {
        const it = new Material(seed + all.length);
        const inner = variant(it);
        const isWhole = /<(?:body|head|html|!doctype)|^<base|<plaintext|<!-- [^>]*$|<title/.test(inner);
        const frame = isWhole ? '%' : it.one(frames)(it);
        all.push({ kind, html: frame.replace('%', () => inner) });
      }
    }
  }
  return all;
}
