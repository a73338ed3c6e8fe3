import { fileNames, hasAttachment, plainText } from '../mail/plain-text.js';
import type { StoredMessage } from '../mail/stored-message.js';
import type { SearchQuery } from './search-query.js';
import type { SearchOperator } from './search-tokens.js';
import { readAgeMs, readInstantMs, readSizeBytes } from './search-values.js';

/** A message, and what of its mailbox a search may ask about. */
export interface Searchable {
  message: StoredMessage;
  /** Names of its labels, those of the system by their ids. */
  labelNames: readonly string[];
  /** As in `sizeEstimate`. */
  sizeBytes: number;
  /** The mailbox's own address, which a search calls `me`. */
  ownAddress: string;
  nowMs: number;
}

type Matches = (candidate: Searchable, value: string) => boolean;

/** Whether a message is one that the search asks for. */
export function matchesSearch(query: SearchQuery, candidate: Searchable): boolean {
  switch (query.kind) {
    case 'all':
      return query.of.every((part) => matchesSearch(part, candidate));
    case 'any':
      return query.of.some((part) => matchesSearch(part, candidate));
    case 'not':
      return !matchesSearch(query.of, candidate);
    case 'term': {
      const matches = query.operator === undefined ? anywhere : operators[query.operator];
      return matches(candidate, query.value);
    }
  }
}

const operators = {
  from: ({ message: { mail }, ownAddress }, value) => namesAddress(mail.from, value, ownAddress),
  to: ({ message: { mail }, ownAddress }, value) => namesAddress(mail.to, value, ownAddress),
  cc: ({ message: { mail }, ownAddress }, value) => namesAddress(mail.cc, value, ownAddress),
  bcc: ({ message: { mail }, ownAddress }, value) => namesAddress(mail.bcc, value, ownAddress),
  deliveredto: ({ ownAddress }, value) => holdsWords(ownAddress, value),
  subject: ({ message }, value) => holdsWords(message.mail.subject, value),
  label: (candidate, value) => hasLabel(candidate, value),
  in: (candidate, value) => isIn(candidate, value.toLowerCase()),
  is: (candidate, value) =>
    value.toLowerCase() === 'read' ? !hasLabel(candidate, 'unread') : hasLabel(candidate, value),
  category: (candidate, value) => hasCategory(candidate, value.toLowerCase()),
  has: (candidate, value) => has(candidate, value.toLowerCase()),
  filename: ({ message }, value) => fileNames(message.mail).some((name) => holdsWords(name, value)),
  after: ({ message }, value) => notBefore(message, readInstantMs(value)),
  newer: ({ message }, value) => notBefore(message, readInstantMs(value)),
  before: ({ message }, value) => isBefore(message, readInstantMs(value)),
  older: ({ message }, value) => isBefore(message, readInstantMs(value)),
  newer_than: ({ message, nowMs }, value) => notBefore(message, readAgeMs(value, nowMs)),
  older_than: ({ message, nowMs }, value) => isBefore(message, readAgeMs(value, nowMs)),
  size: ({ sizeBytes }, value) => sizeBytes >= (readSizeBytes(value) ?? Infinity),
  larger: ({ sizeBytes }, value) => sizeBytes >= (readSizeBytes(value) ?? Infinity),
  smaller: ({ sizeBytes }, value) => sizeBytes < (readSizeBytes(value) ?? 0),
  rfc822msgid: ({ message }, value) => withoutBrackets(message.messageId) === withoutBrackets(value),
} satisfies Record<SearchOperator, Matches>;

function anywhere({ message: { mail } }: Searchable, words: string): boolean {
  const texts = [mail.subject, mail.from, mail.to, mail.cc ?? '', ...fileNames(mail), plainText(mail)];
  return texts.some((text) => holdsWords(text, words));
}

function namesAddress(header: string | undefined, value: string, ownAddress: string): boolean {
  return header !== undefined && holdsWords(header, value.toLowerCase() === 'me' ? ownAddress : value);
}

/** Written without spaces, words begin and end anywhere. */
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function holdsWords(text: string, words: string): boolean {
  const wanted = bareWords(words);
  const within = bareWords(text);
  return unspacedScript.test(words) ? within.includes(wanted) : ` ${within} `.includes(` ${wanted} `);
}

/** Words without punctuation, so that whole words, phrases and addresses compare alike. */
function bareWords(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .join(' ')
    .trim();
}

/** A search may name a label with hyphens for spaces and slashes. */
function labelKey(name: string): string {
  return name.toLowerCase().replaceAll(/[\s/]+/g, '-');
}

function hasLabel({ labelNames }: Searchable, name: string): boolean {
  return labelNames.some((label) => labelKey(label) === labelKey(name));
}

/** Where a mail is that was not archived. */
const places = ['inbox', 'sent', 'draft', 'spam', 'trash'];
const labelsOfPlaces: Record<string, string> = { drafts: 'draft', chats: 'chat', bin: 'trash' };

function isIn(candidate: Searchable, place: string): boolean {
  if (place === 'anywhere') return true;
  if (place === 'archive') return !places.some((label) => hasLabel(candidate, label));
  return hasLabel(candidate, labelsOfPlaces[place] ?? place);
}

/** What came in and is of no other category is in the first tab of the inbox. */
function hasCategory(candidate: Searchable, category: string): boolean {
  if (category !== 'primary') return hasLabel(candidate, `category_${category}`);
  const elsewhere = candidate.labelNames.some(
    (name) => /^category_/i.test(name) && name !== 'CATEGORY_PERSONAL',
  );
  return !elsewhere && !['sent', 'draft', 'spam', 'trash'].some((place) => hasLabel(candidate, place));
}

function has({ message: { mail, labelIds } }: Searchable, what: string): boolean {
  const hasUserLabel = labelIds.some((id) => id.startsWith('Label_'));
  if (what === 'userlabels') return hasUserLabel;
  if (what === 'nouserlabels') return !hasUserLabel;
  return what === 'attachment' && hasAttachment(mail);
}

function notBefore({ internalDateMs }: StoredMessage, momentMs: number | null): boolean {
  return momentMs !== null && internalDateMs >= momentMs;
}

function isBefore({ internalDateMs }: StoredMessage, momentMs: number | null): boolean {
  return momentMs !== null && internalDateMs < momentMs;
}

function withoutBrackets(messageId: string): string {
  return messageId.replaceAll(/^<|>$/g, '');
}
