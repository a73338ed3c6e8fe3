/** A part of a text, in UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

interface Line extends TextRange {
  /** It begins with the mark of a quote. */
  quoted: boolean;
  /** A signature begins behind it (RFC 3676, section 4.3). */
  separator: boolean;
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
/** A link as we write it, or in brackets, or bare. */
const link = String.raw`\[(?:[^\s[\]]{1,100} )?link \d{1,5}\]|\b(?:https?:\/\/|www\.)[!#-;=?-~]+`;
const word = new RegExp(`${link}|[\\p{L}\\p{N}]+`, 'giu');
const startsLink = /^(?:\[|https?:|www\.)/i;

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
 * Which lines of a message repeat what older ones say: quotes, with the line that says whose they are, signatures, and
 * what is repeated at length without a mark. Whatever an older message does not say stays, though it stands in a quote.
 */
export function quotedHistory(text: string, older: OlderTexts): TextRange[] {
  if (text.length > longestText) return [];
  const lines = linesOf(text, older);
  const lastOwn = lines.findLastIndex((line) => !line.quoted && line.words > 0);
  const ranges = runsOf(lines).flatMap(([first, last]) => {
    const run = lines.slice(first, last + 1);
    const separator = separatorBefore(lines, first);
    if (separator === null && !isHistory(run, last >= lastOwn)) return [];
    const begin = separator ?? firstOfAttribution(text, lines, first);
    return [{ start: (lines[begin] ?? run[0])?.start ?? 0, end: run.at(-1)?.end ?? 0 }];
  });
  return joined(ranges, text);
}

/** Those that only blanks divide are one. */
function joined(ranges: readonly TextRange[], text: string): TextRange[] {
  const all: TextRange[] = [];
  for (const range of ranges) {
    const last = all.at(-1);
    if (last !== undefined && text.slice(last.end, range.start).trim() === '') last.end = range.end;
    else all.push({ ...range });
  }
  return all;
}

function separatorBefore(lines: readonly Line[], first: number): number | null {
  let before = first - 1;
  while (lines[before]?.words === 0 && lines[before]?.separator === false) before -= 1;
  return lines[before]?.separator === true ? before : null;
}

function isHistory(run: readonly Line[], isLast: boolean): boolean {
  const words = run.reduce((sum, line) => sum + line.words, 0);
  if (!run.every((line) => line.quoted || line.words === 0)) return words >= leastUnmarkedWords;
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
    const read = {
      ...{ start, end, quoted: /^\s*>/.test(line), separator: /^-- ?$/.test(line) },
      ...{ words: next - first, known: knownHere },
    };
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

/** Each link is one word, the same for all: programs rewrite them when they quote, and each message numbers its own. */
function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(word), ({ 0: found, index }) => ({
    text: startsLink.test(found) ? 'link' : found.toLowerCase(),
    index,
  }));
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
