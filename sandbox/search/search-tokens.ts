/** Operators of Gmail's search box that are understood here (https://support.google.com/mail/answer/7190). */
export const searchOperators = [
  'from',
  'to',
  'cc',
  'bcc',
  'deliveredto',
  'subject',
  'label',
  'in',
  'is',
  'category',
  'has',
  'filename',
  'after',
  'newer',
  'before',
  'older',
  'newer_than',
  'older_than',
  'size',
  'larger',
  'smaller',
  'rfc822msgid',
] as const;
export type SearchOperator = (typeof searchOperators)[number];

export type SearchToken =
  | { kind: 'open'; group: 'all' | 'any' }
  | { kind: 'close' | 'or' | 'not' }
  | { kind: 'operator'; operator: SearchOperator }
  | { kind: 'text'; text: string };

const tokenPattern = new RegExp(
  [
    String.raw`\s+`,
    String.raw`(?<bracket>[(){}])`,
    String.raw`(?<not>-(?=\S))`,
    // A quotation mark that is never closed quotes the rest.
    String.raw`"(?<phrase>[^"]*)"?`,
    String.raw`(?<operator>${searchOperators.join('|')}):`,
    String.raw`\+?(?<word>[^\s(){}"]+)`,
  ].join('|'),
  'giu',
);

/** Splits a search into its tokens. Every text has some; an unknown operator is a word like others. */
export function searchTokens(query: string): SearchToken[] {
  return Array.from(query.matchAll(tokenPattern), ({ groups = {} }) => tokenOf(groups)).filter(
    (token) => token !== null,
  );
}

function tokenOf(groups: Record<string, string | undefined>): SearchToken | null {
  const { bracket, not, phrase, operator, word } = groups;
  if (bracket !== undefined) return bracketOf(bracket);
  if (not !== undefined) return { kind: 'not' };
  if (operator !== undefined) return { kind: 'operator', operator: operator.toLowerCase() as SearchOperator };
  // Two terms beside each other mean AND already, and only in capitals the words are operators.
  if (word === 'AND') return null;
  if (word === 'OR') return { kind: 'or' };
  const text = phrase ?? word;
  return text === undefined ? null : { kind: 'text', text };
}

function bracketOf(bracket: string): SearchToken {
  if (bracket === '(') return { kind: 'open', group: 'all' };
  return bracket === '{' ? { kind: 'open', group: 'any' } : { kind: 'close' };
}
