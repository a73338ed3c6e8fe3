/** A part of a text, in UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

interface Line extends TextRange {
  /** It begins with the mark of a quote. */
  quoted: boolean;
  /** How many words it has, and how many of them stand in an older text in the same order. */
  words: number;
  known: number;
}

/** So many words in a row that stand elsewhere in the same order have been taken from there. */
const wordsInRow = 4;
/** A person types fewer a second time; programs that quote without a mark repeat more. */
const leastUnmarkedWords = 30;
/** A shorter quote in the midst of a text is what the lines behind it answer. */
const leastQuoteInMidst = 60;
/** So long a text is not looked through. */
const longestText = 100_000;
const longestAttribution = 200;
const word = /[\p{L}\p{N}]+/gu;

/** What was written in older messages, to be found again in answers to them. */
export class OlderTexts {
  private readonly rows: ReadonlySet<string>[];

  constructor(texts: readonly string[]) {
    this.rows = texts.map((text) => new Set(rowsOf(wordsOf(text.slice(0, longestText)))));
  }

  has(row: string): boolean {
    return this.rows.some((rows) => rows.has(row));
  }
}

/**
 * Which lines of a message repeat what older ones say: quotes, with the line that says whose they are, and what is
 * repeated at length without a mark. Whatever an older message does not say stays, though it stands in a quote.
 */
export function quotedHistory(text: string, older: OlderTexts): TextRange[] {
  if (text.length > longestText) return [];
  const lines = linesOf(text, older);
  return runsOf(lines).flatMap(([first, last]) => {
    const run = lines.slice(first, last + 1);
    if (!isHistory(run, lines.slice(last + 1))) return [];
    const begin = firstOfAttribution(text, lines, first);
    return [{ start: (lines[begin] ?? run[0])?.start ?? 0, end: run.at(-1)?.end ?? 0 }];
  });
}

function isHistory(run: readonly Line[], rest: readonly Line[]): boolean {
  const words = run.reduce((sum, line) => sum + line.words, 0);
  if (!run.every((line) => line.quoted || line.words === 0)) return words >= leastUnmarkedWords;
  const isLast = rest.every((line) => line.quoted || line.words === 0);
  return isLast || words >= leastQuoteInMidst;
}

/** First and last of lines that follow one another and are all known; empty ones only between and quoted behind them. */
function runsOf(lines: readonly Line[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  let open: [number, number] | null = null;
  for (const [index, { words, known, quoted }] of lines.entries()) {
    if (known < words) open = null;
    else if (words > 0 && open === null) runs.push((open = [index, index]));
    else if (open !== null && (words > 0 || quoted)) open[1] = index;
  }
  return runs;
}

/** "On Monday, 3 August 2026 at 12:00 Ada <ada@x.example> wrote:", in whatever language, on one line or two. */
function firstOfAttribution(text: string, lines: readonly Line[], first: number): number {
  let last = first - 1;
  while (lines[last]?.words === 0) last -= 1;
  for (const begin of [last, last - 1]) {
    const [from, to] = [lines[begin], lines[last]];
    if (from === undefined || to === undefined || to.end - from.start > longestAttribution) continue;
    const said = text.slice(from.start, to.end).trim();
    if (/[:：]$/.test(said) && /\b\d{1,2}[:.]\d\d\b/.test(said) && /@|\b\d{4}\b/.test(said)) return begin;
  }
  return first;
}

function linesOf(text: string, older: OlderTexts): Line[] {
  const words = wordsOf(text);
  const known = knownWords(words, older);
  let start = 0;
  let next = 0;
  return text.split('\n').map((line) => {
    const end = start + line.length;
    const first = next;
    while ((words[next]?.index ?? Infinity) < end) next += 1;
    const knownHere = known.slice(first, next).filter(Boolean).length;
    const read = { start, end, quoted: /^\s*>/.test(line), words: next - first, known: knownHere };
    start = end + 1;
    return read;
  });
}

function knownWords(words: readonly Word[], older: OlderTexts): boolean[] {
  const known = words.map(() => false);
  for (const [index, row] of rowsOf(words).entries())
    if (older.has(row)) known.fill(true, index, index + wordsInRow);
  return known;
}

interface Word {
  text: string;
  index: number;
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(word), ({ 0: found, index }) => ({ text: found.toLowerCase(), index }));
}

function rowsOf(words: readonly Word[]): string[] {
  const rows: string[] = [];
  for (let index = 0; index + wordsInRow <= words.length; index += 1)
    rows.push(
      words
        .slice(index, index + wordsInRow)
        .map(({ text }) => text)
        .join(' '),
    );
  return rows;
}
