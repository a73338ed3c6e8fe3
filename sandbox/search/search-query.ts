import { type SearchOperator, type SearchToken, searchTokens } from './search-tokens.js';

export interface SearchTerm {
  kind: 'term';
  /** Absent for words that may stand anywhere in a mail. */
  operator?: SearchOperator;
  value: string;
}

/** What a search asks for. */
export type SearchQuery =
  SearchTerm | { kind: 'all' | 'any'; of: readonly SearchQuery[] } | { kind: 'not'; of: SearchQuery };

/** Deeper brackets are passed over: no person writes them, and a search must not exhaust the stack. */
const deepestGroup = 50;

/**
 * Reads a search as Gmail does: terms side by side must all match, `OR` binds closer than that, `{}` is an OR of
 * what it holds, and an operator before a group holds for each term in it. No text is refused: brackets that do
 * not fit, and operators without a value, are passed over.
 */
export function readSearch(query: string): SearchQuery {
  return { kind: 'all', of: new SearchParser(searchTokens(query)).read() };
}

/** All terms that a search asks for, without those that it excludes. */
export function wantedTerms(query: SearchQuery): SearchTerm[] {
  if (query.kind === 'term') return [query];
  return query.kind === 'not' ? [] : query.of.flatMap(wantedTerms);
}

/** All terms of a search. */
export function allTerms(query: SearchQuery): SearchTerm[] {
  if (query.kind === 'term') return [query];
  return query.kind === 'not' ? allTerms(query.of) : query.of.flatMap(allTerms);
}

class SearchParser {
  private position = 0;

  constructor(private readonly tokens: readonly SearchToken[]) {}

  read(): SearchQuery[] {
    const terms: SearchQuery[] = [];
    while (this.position < this.tokens.length) {
      terms.push(...this.sequence(undefined, 0));
      // The bracket that ended the sequence was never opened.
      this.position += 1;
    }
    return terms;
  }

  private get next(): SearchToken | undefined {
    return this.tokens[this.position];
  }

  /** Terms up to a closing bracket or the end. */
  private sequence(operator: SearchOperator | undefined, depth: number): SearchQuery[] {
    const terms: SearchQuery[] = [];
    while (this.next !== undefined && this.next.kind !== 'close') {
      const alternatives = this.alternatives(operator, depth);
      terms.push(...joined('any', alternatives));
    }
    return terms;
  }

  private alternatives(operator: SearchOperator | undefined, depth: number): SearchQuery[] {
    const alternatives = [this.unit(operator, depth)];
    while (this.next?.kind === 'or') {
      this.position += 1;
      alternatives.push(this.unit(operator, depth));
    }
    return alternatives.filter((alternative) => alternative !== null);
  }

  private unit(outer: SearchOperator | undefined, depth: number): SearchQuery | null {
    let operator = outer;
    let excluded = false;
    for (let token = this.next; token?.kind === 'not' || token?.kind === 'operator'; token = this.next) {
      if (token.kind === 'operator') ({ operator } = token);
      else excluded = !excluded;
      this.position += 1;
    }
    const unit = this.groupOrTerm(operator, depth);
    return unit !== null && excluded ? { kind: 'not', of: unit } : unit;
  }

  private groupOrTerm(operator: SearchOperator | undefined, depth: number): SearchQuery | null {
    const token = this.next;
    if (token === undefined || token.kind === 'close' || token.kind === 'or') return null;
    this.position += 1;
    if (token.kind === 'text') return termOf(operator, token.text);
    if (token.kind !== 'open' || depth === deepestGroup) return null;
    const [group = null] = joined(token.group, this.sequence(operator, depth + 1));
    this.position += 1;
    return group;
  }
}

/** No query of none, and the only one as it is. */
function joined(kind: 'all' | 'any', of: readonly SearchQuery[]): readonly SearchQuery[] {
  return of.length < 2 ? of : [{ kind, of }];
}

/** Punctuation alone is not looked for. */
function termOf(operator: SearchOperator | undefined, value: string): SearchTerm | null {
  if (operator !== undefined) return { kind: 'term', operator, value };
  return /[\p{L}\p{N}]/u.test(value) ? { kind: 'term', value } : null;
}
