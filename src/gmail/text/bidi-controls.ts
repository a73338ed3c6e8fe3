/** Pairs in each other deeper than this say nothing to a reader. */
const deepestPair = 3;

const anyControl = /[\u202a-\u202e\u2066-\u2069]/;
const controlOrLineEnd = /[\u202a-\u202e\u2066-\u2069\n]/g;
const everyControl = /[\u202a-\u202e\u2066-\u2069]/g;
const endOfEmbedding = '\u202c';

type Kind = 'embedding' | 'override' | 'isolate';

interface Opened {
  kind: Kind;
  index: number;
  /** How many other characters stood before it. */
  charsBefore: number;
}

/**
 * Leaves bidi controls out (UAX #9, sections 2.1 to 2.5) but for embeddings and isolates that are closed in their line
 * and hold something. Overrides always go: they show letters in another order than they are read in.
 */
export function withoutLooseBidi(text: string): string {
  if (!anyControl.test(text)) return text;
  const kept = new Set<number>();
  let line = new OpenPairs();
  let controls = 0;
  for (const { 0: control, index } of text.matchAll(controlOrLineEnd)) {
    if (control === '\n') {
      line = new OpenPairs();
      continue;
    }
    const charsBefore = index - controls;
    controls += 1;
    const kind = openedBy(control);
    if (kind === null) {
      const closed = line.close(control);
      if (closed === null || closed.kind === 'override' || closed.charsBefore === charsBefore) continue;
      if (line.depth < deepestPair) kept.add(closed.index).add(index);
    } else line.open({ kind, index, charsBefore });
  }
  return text.replaceAll(everyControl, (control, index: number) => (kept.has(index) ? control : ''));
}

class OpenPairs {
  private readonly pairs: Opened[] = [];
  private isolates = 0;

  get depth(): number {
    return this.pairs.length;
  }

  open(pair: Opened): void {
    this.pairs.push(pair);
    if (pair.kind === 'isolate') this.isolates += 1;
  }

  /** What a control closes, if anything: an isolate's end closes what was opened inside of it, too. */
  close(control: string): Opened | null {
    if (control === endOfEmbedding)
      return this.pairs.at(-1)?.kind === 'isolate' ? null : (this.pairs.pop() ?? null);
    if (this.isolates === 0) return null;
    this.isolates -= 1;
    const position = this.pairs.findLastIndex(({ kind }) => kind === 'isolate');
    return this.pairs.splice(position)[0] ?? null;
  }
}

function openedBy(control: string): Kind | null {
  if (control === endOfEmbedding || control === '\u2069') return null;
  if (control >= '\u2066') return 'isolate';
  return control === '\u202a' || control === '\u202b' ? 'embedding' : 'override';
}
