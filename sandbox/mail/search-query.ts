import { fileNames, plainText } from './plain-text.js';
import type { StoredMessage } from './stored-message.js';

/** A message and the names under which its labels may be searched for. */
interface Searchable {
  message: StoredMessage;
  labelNames: readonly string[];
}

type Matches = (candidate: Searchable) => boolean;

/** Words without punctuation, so that whole words, phrases and addresses compare alike. */
function normalize(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim()} `;
}

function holdsWords(text: string, words: string): boolean {
  return normalize(text).includes(normalize(words));
}

/** Epoch seconds, or a date, which Gmail takes as midnight in Pacific time (here always UTC-8). */
function readTimeMs(value: string): number {
  return /^\d{5,}$/.test(value)
    ? Number(value) * 1000
    : Date.parse(`${value.replace(/[/-](\d)(?!\d)/g, '-0$1').replaceAll('/', '-')}T00:00:00-08:00`);
}

function hasLabel(name: string): Matches {
  return ({ labelNames }) => name.toLowerCase() === 'anywhere' || labelNames.includes(name.toLowerCase());
}

const operators: Record<string, (value: string) => Matches> = {
  from: (value) => (candidate) => holdsWords(candidate.message.mail.from, value),
  to: (value) => (candidate) => holdsWords(candidate.message.mail.to, value),
  cc: (value) => (candidate) => holdsWords(candidate.message.mail.cc ?? '', value),
  subject: (value) => (candidate) => holdsWords(candidate.message.mail.subject, value),
  has: (value) => (candidate) => value === 'attachment' && fileNames(candidate.message.mail).length > 0,
  filename: (value) => (candidate) =>
    fileNames(candidate.message.mail).some((name) => holdsWords(name, value)),
  rfc822msgid: (value) => (candidate) => candidate.message.messageId.replace(/^<|>$/g, '') === value,
  in: hasLabel,
  label: hasLabel,
  is: (value) => (value === 'read' ? (candidate) => !hasLabel('unread')(candidate) : hasLabel(value)),
  after: (value) => (candidate) => candidate.message.internalDateMs >= readTimeMs(value),
  before: (value) => (candidate) => candidate.message.internalDateMs < readTimeMs(value),
};

function anywhere(words: string): Matches {
  return ({ message: { mail } }) =>
    holdsWords([mail.subject, mail.from, mail.to, ...fileNames(mail), plainText(mail)].join('\n'), words);
}

function readTerm(negation: string, operator: string | undefined, value: string): Matches {
  const words = value.replace(/^"|"$/g, '');
  const matches =
    operator === undefined
      ? anywhere(words)
      : (operators[operator.toLowerCase()]?.(words) ?? anywhere(`${operator} ${words}`));
  return negation === '' ? matches : (candidate) => !matches(candidate);
}

/** Reads a Gmail search, of which every term must match; `OR` and brackets are not understood here. */
export function readSearch(query: string): Matches {
  const terms = Array.from(query.matchAll(/(-?)(?:(\w+):)?("[^"]*"|\S+)/g), ([, negation, operator, value]) =>
    readTerm(negation ?? '', operator, value ?? ''),
  );
  return (candidate) => terms.every((matches) => matches(candidate));
}

/** True when a search looks into spam and trash, which it otherwise leaves out. */
export function searchesEverywhere(query: string): boolean {
  return /\b(in|label):(anywhere|spam|trash)\b/i.test(query);
}
