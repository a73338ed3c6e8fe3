import type { SchemaNode } from './schema-nodes.js';

/** What may follow a backslash in a grammar's literals and ranges (llama.cpp, src/llama-grammar.cpp, characters). */
const grammarEscapes = /^(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[trn\\"[\]-])/;
/** What its converter of patterns unescapes itself, outside of ranges (examples/json_schema_to_grammar.py). */
const unescaped = /^[$^.[\]()|{}*+?]/;
const mostRepetitions = 2000;
const primitives = ['boolean', 'number', 'integer', 'string', 'null', 'object', 'array'];

/** An escape, a range with what is in it, the beginning of a special group, or any other character. */
const pieces = /\\[^]?|\[(?:\\[^]|[^\]\\])*\]|\(\?|[^]/g;

/** Why llama.cpp would refuse a pattern, which it turns into a grammar piece by piece; null if it takes it. */
export function refusedPattern(pattern: string): string | null {
  for (const { 0: piece, index } of pattern.matchAll(pieces)) {
    if (piece === '(?') return 'a group with a question mark';
    const isUnescaped = piece.startsWith('\\') && unescaped.test(piece.slice(1));
    const refused = isUnescaped ? null : refusedEscape(pattern, index, index + piece.length);
    if (refused !== null) return refused;
  }
  return refusedQuantifier(pattern);
}

/** The first escape that begins in a stretch of the pattern and that grammars do not have. */
function refusedEscape(pattern: string, start: number, end: number): string | null {
  for (const { 0: escape, index } of pattern.slice(start, end).matchAll(/\\[^]?/g)) {
    if (!grammarEscapes.test(pattern.slice(start + index + 1))) return `the escape ${escape}`;
  }
  return null;
}

function refusedQuantifier(pattern: string): string | null {
  for (const [quantifier, least = '0', greatest = least] of pattern.matchAll(/\{(\d*)(?:,(\d*))?\}/g)) {
    if (isTooOften(Number(least)) || isTooOften(Number(greatest))) return `the quantifier ${quantifier}`;
  }
  return /[*+?}][+?]/.test(pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, ''))
    ? 'a lazy or possessive quantifier'
    : null;
}

/** Why llama.cpp would refuse a schema, for this node of it alone; null if it takes it. */
export function refusedByLlama(node: SchemaNode): string | null {
  const { type, pattern, enum: values, const: constant, anyOf, oneOf, $ref } = node;
  if (typeof $ref === 'string') return $ref.startsWith('#/') ? null : `the reference ${$ref}`;
  if (typeof pattern === 'string') {
    const refused = refusedPattern(pattern);
    if (refused !== null) return `the pattern ${pattern}, for ${refused}`;
  }
  for (const [bound, most] of Object.entries(repetitions)) {
    if (Number(node[bound]) >= most) return `${bound} ${String(node[bound])}`;
  }
  const isTyped = [type].flat().every((each) => each === undefined || primitives.includes(each));
  const isKnown = isTyped || values !== undefined || constant !== undefined || Boolean(anyOf ?? oneOf);
  return isKnown ? null : `the type ${String(type)}`;
}

/** A list is written as one item and a group of two symbols for each further one. */
const repetitions = {
  minLength: mostRepetitions,
  maxLength: mostRepetitions,
  minItems: mostRepetitions / 2,
  maxItems: mostRepetitions / 2,
};

function isTooOften(times: number): boolean {
  return times >= mostRepetitions;
}
