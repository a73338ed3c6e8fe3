type Ranges = readonly (readonly [first: number, last: number])[];

/** Letters that vocabularies hold one by one, and many of their pairs. */
const alphabets: Ranges = [
  [0xa0, 0x17f],
  [0x370, 0x45f],
  [0x5d0, 0x6ff],
  [0x900, 0xb7f],
  [0xc00, 0xd7f],
  [0xe00, 0xe7f],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x203a],
  [0x3001, 0x30ff],
];
/** Chinese and Korean characters and the commoner signs: two tokens each, if it comes to the worst. */
const characters: Ranges = [
  [0x2500, 0x27ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff60],
];
/** More than this no UTF-16 code unit is rated. */
const mostTokensOfUnit = 3;

/**
 * About as many tokens as a text is to a model at worst, by OpenAI's vocabulary o200k: one for two letters, two for a
 * Chinese character, four for an emoji. Prose is overrated, two to three times; bytes written as text are told within
 * a fifth. What JSON escapes is counted as it stands there. The time is linear, unlike that of a tokenizer.
 */
export function tokenEstimate(text: string): number {
  let tokens = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start);
    tokens += tokensOf(text, start, end);
    start = end;
  }
  return Math.ceil(tokens);
}

/** How many UTF-16 code units of a text, from its beginning, are within so many tokens; never half a character. */
export function charsWithin(text: string, maxTokens: number): number {
  if (text.length * mostTokensOfUnit <= maxTokens) return text.length;
  let tokens = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start);
    const more = tokensOf(text, start, end);
    // A word without an end may be cut, a pair of surrogates not.
    if (tokens + more > maxTokens)
      return start + (isAscii(text, start) ? Math.floor(((end - start) * (maxTokens - tokens)) / more) : 0);
    tokens += more;
    start = end;
  }
  return text.length;
}

/**
 * Pieces are what tokenizers take apart further, but do not join: words, numbers, blanks, repeated marks, and single
 * characters. Upper case begins a new piece, as it does where bytes are written as text.
 */
function endOfPiece(text: string, start: number): number {
  const kind = kindAt(text, start);
  let end = start + 1;
  if (kind === upper && kindAt(text, end) === lower) return endOfRun(text, end, lower);
  if (kind === lower || kind === upper) return endOfRun(text, end, kind);
  if (kind === digit) return Math.min(endOfRun(text, end, kind), start + 3);
  if (kind === mark) while (text.charCodeAt(end) === text.charCodeAt(start)) end += 1;
  else if ((text.codePointAt(start) ?? 0) > 0xffff) end += 1;
  return end;
}

function endOfRun(text: string, start: number, kind: number): number {
  let end = start;
  while (kindAt(text, end) === kind) end += 1;
  return end;
}

const other = 0;
const lower = 1;
const upper = 2;
const digit = 3;
const mark = 4;

/** Of ASCII: whatever text costs, it costs for every character. */
const kinds = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z]/.test(char)) return lower;
  if (/[A-Z]/.test(char)) return upper;
  if (/\d/.test(char)) return digit;
  return /[!#-/:-@[\]-`{-~]/.test(char) ? mark : other;
});

function kindAt(text: string, index: number): number {
  return kinds[text.charCodeAt(index)] ?? other;
}

function tokensOf(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  switch (kindAt(text, start)) {
    case lower:
    case upper:
      return tokensOfWord(text, start, end);
    case digit:
      return 1;
    case mark:
      return 1 + (end - start - 1) / 4;
    default:
      if (first < 0x80) return tokensOfBlank(first);
      if (isWithin(alphabets, first)) return 1.3;
      if (isWithin(characters, first)) return 2.2;
      return Buffer.byteLength(text.slice(start, end));
  }
}

/** And of a quotation mark and a backslash, which JSON escapes as it does controls. */
function tokensOfBlank(code: number): number {
  if (code === 0x20) return 0.15;
  return code === 0x7f ? 1 : 2;
}

function tokensOfWord(text: string, start: number, end: number): number {
  const length = end - start;
  if (length <= 3) return 1;
  return isUnpronounceable(text, start, end) ? length : Math.ceil(length / 2);
}

/** No word has four consonants in a row, if they are not the same: a vocabulary holds no piece of it. */
function isUnpronounceable(text: string, start: number, end: number): boolean {
  let consonants = 0;
  let same = 0;
  let last = 0;
  for (let index = start; index < end; index += 1) {
    const letter = text.charCodeAt(index) | 0x20;
    const isConsonant = vowels[letter] === 0;
    consonants = isConsonant ? consonants + 1 : 0;
    same = isConsonant && letter === last ? same + 1 : 1;
    last = letter;
    if (consonants >= 4 && same < 4) return true;
  }
  return false;
}

/** Of y too there are such words. */
const vowels = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[aeiouy]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isWithin(ranges: Ranges, code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}

function isAscii(text: string, index: number): boolean {
  return text.charCodeAt(index) < 0x80;
}
