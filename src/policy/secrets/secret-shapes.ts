/** Whether digits have the form of a payment card: issuer, length, and check digit (ISO/IEC 7812-1, Luhn). */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return cardForms.test(digits) && hasLuhnDigit(digits);
}

const cardForms =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]\d|[3-6]\d{2}|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|62\d{14,17}|35(?:2[89]|[3-8]\d)\d{12})$/;

function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** What stands after "password:" in forms, instructions and notices. */
const noPasswords = new Set([
  ...[
    'required',
    'optional',
    'reset',
    'changed',
    'expired',
    'incorrect',
    'invalid',
    'forgotten',
    'forgot',
    'hidden',
  ],
  ...[
    'protected',
    'below',
    'above',
    'attached',
    'here',
    'none',
    'same',
    'unknown',
    'updated',
    'separately',
    'follows',
  ],
]);

/**
 * Whether a word can be a password rather than prose.
 * @param isAlone nothing else stands on its line
 */
export function isPasswordLike(word: string, isAlone: boolean): boolean {
  const bare = word.replace(/^[(["'‘“«]{1,3}|[.,;:!?)\]"'’”»]{1,5}$/gu, '');
  if (bare.length < 4 || /^https?:/i.test(bare) || !/[\p{L}\p{N}]/u.test(bare)) return false;
  if (/^[*•.xX_-]+$/u.test(bare) || noPasswords.has(bare.toLowerCase())) return false;
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(bare)).length;
  const isCapitalised = /^\p{Lu}\p{Ll}+$/u.test(bare);
  return isAlone || (classes > 1 && !isCapitalised && !/^\p{L}+['’-]\p{L}+$/u.test(bare));
}

/** Whether a word is drawn at random, as keys are: letters and digits, and no few of them over and over. */
export function isRandom(word: string): boolean {
  if (word.length < 16 || !/\d/.test(word) || !/[A-Za-z]/.test(word)) return false;
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const bits = [...counts.values()].reduce(
    (sum, count) => sum - (count / word.length) * Math.log2(count / word.length),
    0,
  );
  return bits >= 3.2;
}
