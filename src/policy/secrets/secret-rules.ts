import type { SecretRuleName } from './secret-finding.js';
import { isCardNumber, isPasswordLike, isRandom } from './secret-shapes.js';
import { words } from './secret-words.js';

/**
 * What a secret looks like. The group `secret` of the expression is what is masked, what stands before it is shown. Every
 * expression begins where a word begins and repeats within bounds: text of any length takes time in proportion.
 */
interface SecretRule {
  shape: RegExp;
  /** Of what has this shape, only what passes. @param isAlone nothing else stands on the line after it */
  holds?: (secret: string, isAlone: boolean) => boolean;
}

const start = '(?<![A-Za-z0-9_-])';
const isSaid =
  '(?:[ \\t]{0,3}(?:[:=：]|(?:is|ist|lautet|est|es|è|é|is|är|er|on|to|—|–|->)(?=\\s))[ \\t]{0,3})';
const quote = '["\'`«“„]?';

/** The one table of the outbound secret check: a rule that is missing does not compile. */
export const secretRules = {
  private_key: {
    shape:
      /(?<secret>-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[A-Z0-9]{10})/gu,
  },
  aws_key: {
    shape: new RegExp(`${start}(?<secret>(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?![A-Za-z0-9])`, 'gu'),
  },
  github_token: {
    shape: new RegExp(
      `${start}(?<secret>(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|glpat-[A-Za-z0-9_-]{20}))`,
      'gu',
    ),
  },
  google_key: {
    shape: new RegExp(
      `${start}(?<secret>AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20}|1//0[A-Za-z0-9_-]{30}|GOCSPX-[A-Za-z0-9_-]{20})`,
      'gu',
    ),
  },
  slack_token: {
    shape: new RegExp(
      `${start}(?<secret>xox[abeoprs]-[A-Za-z0-9-]{10}|xapp-[A-Za-z0-9-]{10}|hooks\\.slack\\.com/services/T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{16})`,
      'gu',
    ),
  },
  stripe_key: { shape: new RegExp(`${start}(?<secret>(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16})`, 'gu') },
  json_web_token: {
    shape: new RegExp(
      `${start}(?<secret>eyJ[A-Za-z0-9_-]{8,8000}\\.eyJ[A-Za-z0-9_-]{8,8000}\\.[A-Za-z0-9_-]{8})`,
      'gu',
    ),
  },
  named_token: {
    shape: new RegExp(`${words.key}${isSaid}${quote}(?<secret>[A-Za-z0-9+/_=.~-]{16,512})`, 'giu'),
    holds: isRandom,
  },
  password: {
    shape: new RegExp(
      `${words.password}(?:[ \\t]{0,2}\\([^()\\n]{0,30}\\))?${isSaid}(?:\\n[ \\t]{0,8}){0,2}${quote}(?<secret>[^\\s"'\`»”]{4,128})`,
      'giu',
    ),
    holds: isPasswordLike,
  },
  one_time_code: {
    shape: new RegExp(
      `(?:${words.code}[^\\d\\n]{0,40}(?:\\n[^\\d\\n]{0,10}){0,3}|(?<![\\p{L}\\p{N}])PINs?${isSaid})(?:[A-Z]-)?(?<secret>\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\d.,]?\\d)` +
        `|(?<![\\d.,/:]|\\d-)(?<before>\\d{3}[ -]\\d{3}|\\d{4,8})[ \\t]{1,3}[^\\d\\n]{1,30}?${words.code}`,
      'giu',
    ),
  },
  card_number: {
    // Ids are full of digits, too: between letters, or beside another group of a UUID.
    shape:
      /(?<!\d[ -]?|[\d.A-Za-z_]|[0-9a-f]{4}-)(?<secret>\d(?:[ -]?\d){12,18})(?![ -]?\d|[A-Za-z_]|-[0-9a-f]{4})/gu,
    holds: isCardNumber,
  },
  recovery_phrase: {
    shape: new RegExp(
      `${words.phrase}[^\\n]{0,60}(?:\\n\\s{0,4}){0,2}(?<secret>(?:(?:\\d{1,2}[.):]?[ \\t]{0,3})?\\p{Ll}{3,8}[\\s,]{1,4}){11}(?:\\d{1,2}[.):]?[ \\t]{0,3})?\\p{Ll}{3,8})` +
        `|(?<![\\p{L}\\p{N}])1[.):][ \\t]{0,3}(?<before>\\p{Ll}{3,8}(?:\\s{1,3}\\d{1,2}[.):][ \\t]{0,3}\\p{Ll}{3,8}){11})(?!\\p{L})`,
      'giu',
    ),
  },
} as const satisfies Record<SecretRuleName, SecretRule>;

/** The rules with their names, as one type. */
export const namedSecretRules = Object.entries(secretRules) as readonly [
  keyof typeof secretRules,
  SecretRule,
][];
