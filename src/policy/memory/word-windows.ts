/** So many words in a row are one window. */
export const windowWords = 8;
/** Of so many windows in a row at least one is selected. */
export const selectionReach = 3;

const longestWordChars = 64;
// Scripts that put no blanks between words: there each character counts as one.
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const word = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');
const lone = new RegExp(`^[${unspaced}]$`, 'u');
const wideForms = /[\u{FF01}-\u{FF5E}\u{1D400}-\u{1D7FF}]/gu;

/** The words of a text in small letters: no blanks, marks or characters that show nothing. */
export function wordsOf(text: string): string[] {
  const plain = text
    .replace(/\p{Cf}/gu, '')
    .replace(wideForms, (wide) => wide.normalize('NFKC'))
    .normalize('NFC')
    .toLowerCase();
  return Array.from(plain.matchAll(word), ([each]) => each.slice(0, longestWordChars));
}

/** How many words stand before each word and before the end; characters that stand for words count half. */
export function wordCounts(words: readonly string[]): number[] {
  let count = 0;
  return [0, ...words.map((each) => (count += lone.test(each) ? 0.5 : 1))];
}

/** The window that begins with a word. */
export function windowAt(words: readonly string[], start: number): string {
  return words.slice(start, start + windowWords).join(' ');
}

/**
 * Where the windows begin that stand for a text: by winnowing (Schleimer, Wilkerson, Aiken 2003), so that of what two
 * texts have in common the same are selected in both.
 */
export function selectedWindows(words: readonly string[]): number[] {
  const marks = marksOf(words);
  const selected: number[] = [];
  for (let end = selectionReach; end <= marks.length; end += 1) {
    let least = end - selectionReach;
    for (let each = least + 1; each < end; each += 1)
      if ((marks[each] ?? 0) <= (marks[least] ?? 0)) least = each;
    if (selected.at(-1) !== least) selected.push(least);
  }
  return selected;
}

/** A number for each window, as good as random; only the selection rests on it, which hides nothing. */
function marksOf(words: readonly string[]): number[] {
  const numbers = words.map(numberOf);
  return numbers.slice(0, Math.max(numbers.length - windowWords + 1, 0)).map((_, start) => {
    let mark = 0;
    for (let offset = 0; offset < windowWords; offset += 1)
      mark = Math.imul(mark, 31) + (numbers[start + offset] ?? 0);
    return Math.imul(mark ^ (mark >>> 15), 0x2c1b3c6d) >>> 0;
  });
}

/** FNV-1a. */
function numberOf(text: string): number {
  let number = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    number = Math.imul(number ^ text.charCodeAt(index), 0x01000193);
  return number >>> 0;
}
